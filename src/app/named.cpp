#include "app/named.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "index/item.hpp"

namespace muniment::app {
namespace {

using ledger::Seq;

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Nothing: it is no number, or greater than any.
std::optional<Seq> number_in(std::string_view text) {
  Seq seq = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), seq);
  return wrong == std::errc{} && end == text.data() + text.size() ? std::optional(seq) : std::nullopt;
}

// "x:1000"
Result<std::string> whole_name(index::Searcher& index, ledger::Reader& ledger, Seq item) {
  const auto story = index::story_of(index, ledger, item);
  if (!story) return story.error();
  return story->platform + ":" + story->id;
}

std::string also_called(index::Searcher& index, ledger::Reader& ledger, const std::string& number) {
  const auto item = index::item_named(index, ledger, number);
  if (!item && item.error().code == Code::kConflict)
    return "items are called " + number + " too; PLATFORM:" + number + " names one of them";
  if (!item || std::to_string(*item) == number) return {};
  const auto name = whole_name(index, ledger, *item);
  return name ? "an item is called " + number + " too; " + *name + " names it" : std::string();
}

}  // namespace

Result<Named> named(index::Searcher& index, ledger::Reader& ledger, const std::string& typed) {
  const auto head = ledger.head();
  if (!head) return head.error();
  if (const auto seq = number_in(typed); seq && *seq < head->size) {
    const auto other = also_called(index, ledger, typed);
    return Named{*seq, true,
                 other.empty() ? other : typed + " was taken for the number of an entry; " + other};
  }
  auto item = index::item_named(index, ledger, typed);
  if (!item && item.error().code == Code::kNotFound && is_number(typed))
    return Error{Code::kNotFound, "the ledger has no entry " + typed + ", and no item is called so",
                 item.error().hint};
  if (!item) return item.error();
  return Named{*item, false, {}};
}

Result<std::string> with_items_named(index::Searcher& index, ledger::Reader& ledger,
                                     const std::string& list) {
  const auto head = ledger.head();
  if (!head) return head.error();
  std::string out;
  for (std::size_t at = 0; at <= list.size();) {
    const auto end = std::min(list.find(',', at), list.size());
    auto part = list.substr(at, end - at);
    const auto seq = number_in(part);
    if (is_number(part) && (!seq || *seq >= head->size)) {
      const auto item = index::item_named(index, ledger, part);
      if (!item && item.error().code != Code::kNotFound) return item.error();
      auto name = item ? whole_name(index, ledger, *item) : Result<std::string>(part);
      if (!name) return name.error();
      part = *std::move(name);
    }
    out += (at == 0 ? "" : ",") + part;
    at = end + 1;
  }
  return out;
}

}  // namespace muniment::app
