#include "collect/stored_exchange.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

namespace muniment::collect {
namespace {

using ledger::Seq;

struct Place {
  std::uint64_t offset = 0;
  Seq seq = 0;
  std::uint64_t from = 0, length = std::string::npos;
};

std::string value(const records::Body& body, std::string_view name) {
  return std::string(records::value_of(body, name).value_or(""));
}

std::uint64_t number(std::string_view text) {
  std::uint64_t out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

// "offset seq", or "offset seq from length".
std::optional<Place> place_in(std::string_view line) {
  std::vector<std::uint64_t> numbers;
  while (!line.empty()) {
    const auto end = std::min(line.find(' '), line.size());
    numbers.push_back(number(line.substr(0, end)));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  if (numbers.size() == 2) return Place{numbers[0], numbers[1]};
  if (numbers.size() == 4) return Place{numbers[0], numbers[1], numbers[2], numbers[3]};
  return std::nullopt;
}

Error unfit(Seq seq) {
  return {Code::kCorrupt, "the page of exchange " + std::to_string(seq) + " cannot be put together",
          "`muniment verify --deep` says what is wrong"};
}

// Puts the items into the frame.
Status fill(ledger::Reader& reader, const std::string& places, StoredExchange& out) {
  std::map<Seq, std::string> raws;
  const std::string frame = std::move(out.page);
  out.page.clear();
  std::size_t copied = 0;
  for (std::string_view rest = places; !rest.empty();) {
    const auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const auto place = place_in(line);
    if (!place || place->offset < copied || place->offset > frame.size()) return unfit(out.seq);
    auto raw = raws.find(place->seq);
    if (raw == raws.end()) {
      const auto body = reader.body(place->seq);
      if (!body) return body.error();
      raw = raws.emplace(place->seq, records::bytes_of(*body, "raw").value_or("")).first;
    }
    if (place->from > raw->second.size()) return unfit(out.seq);
    out.page.append(frame, copied, place->offset - copied);
    out.page.append(raw->second, place->from, place->length);
    copied = place->offset;
  }
  out.page.append(frame, copied);
  for (const auto& [seq, raw] : raws) out.holders.push_back(seq);
  return {};
}

std::string_view header(std::string_view lines, std::string_view name) {
  const auto same = [](char a, char b) { return (a | 0x20) == (b | 0x20); };
  while (!lines.empty()) {
    const auto line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    if (line.size() > name.size() + 1 && line[name.size()] == ':' &&
        std::ranges::equal(line.substr(0, name.size()), name, same))
      return line.substr(name.size() + 2);
  }
  return {};
}

}  // namespace

Result<StoredExchange> stored_exchange(ledger::Reader& reader, Seq seq) {
  const auto body = reader.body(seq);
  if (!body) return body.error();
  if (!records::find(*body, "payload.sha256"))
    return Error{Code::kNotFound, "entry " + std::to_string(seq) + " is no exchange", {}};
  StoredExchange out;
  out.seq = seq;
  auto& facts = out.facts;
  const auto bytes = [&](std::string_view name) { return records::bytes_of(*body, name).value_or(""); };
  facts.source = value(*body, "source");
  facts.method = value(*body, "method");
  facts.url = bytes("url");
  facts.final_url = bytes("url.final");
  facts.status = static_cast<int>(number(value(*body, "status")));
  facts.headers = bytes("headers");
  facts.started = value(*body, "started");
  facts.fetched = value(*body, "fetched");
  facts.format = value(*body, "format");
  facts.unread = bytes("unread");
  facts.credential = value(*body, "credential");
  facts.part = number(value(*body, "part"));
  facts.part_from = number(value(*body, "part.from"));
  facts.left_out = value(*body, "left-out");
  facts.authority = bytes("authority");
  out.page = bytes("frame");
  if (auto filled = fill(reader, value(*body, "frame.items"), out); !filled) return filled.error();
  return out;
}

sources::Answer answer_of(const StoredExchange& exchange) {
  const auto& facts = exchange.facts;
  return {.status = facts.status,
          .url = facts.final_url.empty() ? facts.url : facts.final_url,
          .link = std::string(header(facts.headers, "link")),
          .content_type = std::string(header(facts.headers, "content-type")),
          .body = exchange.page,
          .total = std::string(header(facts.headers, "x-wp-total"))};
}

}  // namespace muniment::collect
