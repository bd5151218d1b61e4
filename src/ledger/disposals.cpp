#include "ledger/disposals.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

namespace muniment::ledger {
namespace {

// Whole, from 0 on; nothing: it is none.
std::optional<Seq> number_in(std::string_view text) {
  Seq out = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), out);
  return wrong == std::errc{} && end == text.data() + text.size() ? std::optional(out) : std::nullopt;
}

// "3 7-9 12".  False: it is no such list.
bool add_ranges(std::string_view list, std::vector<std::pair<Seq, Seq>>& out) {
  while (!list.empty()) {
    const auto one = list.substr(0, list.find(' '));
    list.remove_prefix(std::min(one.size() + 1, list.size()));
    const auto dash = one.find('-');
    const auto first = number_in(one.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : number_in(one.substr(dash + 1));
    if (!first || !last) return false;
    out.emplace_back(*first, *last);
  }
  return true;
}

}  // namespace

Result<Disposals> Disposals::read(Reader& reader) {
  const auto head = reader.head();
  if (!head) return head.error();
  std::vector<Seq> entries;
  auto read = reader.each_entry(0, head->size, [&](const Entry& entry) {
    if (entry.kind == kind::kDisposal) entries.push_back(entry.seq);
    return true;
  });
  if (!read) return read.error();
  Disposals out;
  for (const auto seq : entries) {
    const auto body = reader.body(seq);
    const auto list = body ? records::value_of(*body, "seqs") : std::nullopt;
    if (!list || !add_ranges(*list, out.ranges_))
      return Error{Code::kCorrupt, "disposal entry " + std::to_string(seq) + " cannot be read"};
  }
  return out;
}

bool Disposals::name(Seq seq) const {
  return std::ranges::any_of(ranges_,
                             [&](const auto& range) { return range.first <= seq && seq <= range.second; });
}

Error missing_words(Reader& reader, Seq seq, const std::string& what_is_safe) {
  const auto number = std::to_string(seq);
  const auto disposals = Disposals::read(reader);
  if (!disposals) return wrap(disposals.error(), "whether entry " + number + " was disposed of");
  if (disposals->name(seq))
    return {Code::kNotFound,
            "the words of entry " + number + " are gone: it was disposed of; " + what_is_safe};
  return {
      Code::kCorrupt,
      "the words of entry " + number + " cannot be read, and nobody disposed of them; " + what_is_safe,
      "do not say that they are no longer held: write nothing more, ask `muniment verify`, and put keys.db "
      "back from a backup"};
}

}  // namespace muniment::ledger
