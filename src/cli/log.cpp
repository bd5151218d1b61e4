#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <ostream>

#include "base/time.hpp"
#include "base/utf8.hpp"
#include "cli/commands.hpp"
#include "cli/open.hpp"

namespace muniment::cli {
namespace {

constexpr std::array kOptions = {
    Option{"--from", "SEQ", "begin with this entry"},
    Option{"--limit", "N", "at most so many entries"},
    Option{"--json", "", "one JSON object a line, with all fields"},
};

constexpr std::size_t kShownText = 60;

void print_json(std::ostream& out, const std::string& origin, const ledger::Entry& entry,
                const records::Body* body) {
  boost::json::object line;
  line["seq"] = entry.seq;
  line["time"] = base::to_rfc3339(entry.time);
  line["kind"] = entry.kind;
  line["leaf"] = base::to_base64(ledger::leaf_hash(origin, entry));
  if (body != nullptr) {
    boost::json::object fields;
    for (const auto& field : *body) fields[field.name] = field.value;
    line["fields"] = std::move(fields);
  } else {
    line["fields"] = nullptr;
  }
  out << boost::json::serialize(line) << '\n';
}

// What a person wants to see of an entry in one line.
std::string gist(const ledger::Entry& entry, const records::Body* body) {
  if (body == nullptr) return "(its content is gone)";
  const auto get = [&](std::string_view name) {
    return std::string(records::value_of(*body, name).value_or(""));
  };
  const auto first_of = [&](std::initializer_list<std::string_view> names) {
    for (const auto name : names)
      if (auto text = get(name); !text.empty()) return text;
    return std::string();
  };
  std::string text;
  if (entry.kind == ledger::kind::kExchange) {
    text = get("method") + ' ' + get("url");
    if (const auto status = get("status"); !status.empty()) text += ' ' + status;
  } else if (entry.kind == ledger::kind::kCoverage) {
    text = get("source") + ": " + get("outcome") + ", " + get("new") + " new, " + get("changed") + " changed";
  } else if (entry.kind == ledger::kind::kSource) {
    text = get("action") + ' ' + get("name") + ' ' + get("url");
  } else if (entry.kind == ledger::kind::kGap) {
    text = get("source") + ": " + get("cause") + " from " + get("from") + " to " +
           (get("to").empty() ? "now" : get("to"));
  } else if (entry.kind == ledger::kind::kSpotting) {
    text = "entries " + get("from") + " to " + get("to") + ": " + get("found") + " possible requests";
  } else if (entry.kind == ledger::kind::kSearch) {
    text = get("request") + ": " + get("hits") + " found of " + records::text_of(*body, "query").value_or("");
  } else if (entry.kind == ledger::kind::kJudged) {
    text = get("actor") + ": " + get("decision") + ", " + records::text_of(*body, "reason").value_or("");
  } else {
    const auto words = records::text_of(*body, "text").value_or(get("summary"));
    const auto who = first_of({"author.handle", "author.name", "recipient.name"});
    text = who + (who.empty() ? "" : ": ") +
           (words.empty() ? first_of({"title", "request", "id", "origin", "of"}) : words);
  }
  text = base::for_terminal(text);
  if (text.size() > kShownText) {
    std::size_t end = kShownText;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text = text.substr(0, end) + "…";
  }
  return text;
}

Result<std::uint64_t> first_entry(const Arguments& arguments) {
  const auto text = arguments.get("from", "0");
  std::uint64_t seq = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), seq);
  if (wrong != std::errc{} || end != text.data() + text.size())
    return Error{Code::kInvalid, "--from takes the number of an entry"};
  return seq;
}

Result<int> run_log(const Arguments& arguments, Terminal& terminal) {
  const auto from = first_entry(arguments);
  if (!from) return from.error();
  const auto limit = arguments.number("limit", UINT64_MAX, UINT64_MAX);
  if (!limit) return limit.error();
  auto archive = open_archive(arguments, app::Access::kRead, terminal);
  if (!archive) return archive.error();
  auto& reader = archive->reader();
  const auto head = reader.head();
  if (!head) return head.error();
  if (*from >= head->size)
    terminal.err << "note: the ledger has no entry " << *from << " yet; the newest is " << head->size - 1
                 << '\n';
  const bool json = arguments.has("json");
  std::uint64_t left = *limit;
  auto read = reader.each(*from, head->size, [&](const ledger::Entry& entry, const records::Body* body) {
    if (json)
      print_json(terminal.out, reader.origin(), entry, body);
    else
      terminal.out << entry.seq << "  " << base::to_rfc3339(entry.time) << "  " << entry.kind << "  "
                   << gist(entry, body) << '\n';
    return --left > 0 && terminal.out.good();
  });
  if (!read) return read.error();
  return 0;
}

}  // namespace

const Command kLog = {
    "log",
    "list the ledger's entries in order",
    "Each entry with its number, time, kind and, where the secret still exists, its content.",
    {},
    kOptions,
    run_log};

}  // namespace muniment::cli
