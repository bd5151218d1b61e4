#include "foi/selection.hpp"

#include <algorithm>

#include "muniment/disclosure.hpp"
#include "records/body.hpp"

namespace muniment::foi {
namespace {

constexpr std::uint32_t kMostSegment = 1U << 20U;

Error invalid(std::string what, std::string hint) {
  return {Code::kInvalid, std::move(what), std::move(hint)};
}

bool all_digits_and(std::string_view text, std::string_view more) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= '0' && c <= '9') || more.find(c) != std::string_view::npos;
  });
}

std::vector<std::string_view> split(std::string_view text, char mark) {
  std::vector<std::string_view> out;
  while (true) {
    const auto end = text.find(mark);
    out.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool is_field_pattern(std::string_view field) {
  if (field.ends_with(".*")) field.remove_suffix(2);
  return records::is_field_name(field);
}

void sort_once(Seqs& seqs) {
  std::sort(seqs.begin(), seqs.end());
  seqs.erase(std::unique(seqs.begin(), seqs.end()), seqs.end());
}

// Numbers and ranges of numbers by commas; or else one item.
Result<Seqs> parse_records(std::string_view typed, const FindItem& find_item) {
  Seqs out;
  typed = trimmed(typed);
  if (all_digits_and(typed, ",- ")) {
    for (const auto part : split(typed, ',')) {
      const auto numbers = parse_numbers(trimmed(part));
      if (!numbers) return numbers.error();
      for (auto seq = numbers->first; seq <= numbers->second; ++seq) out.push_back(seq);
    }
    return out;
  }
  const std::string id(typed);
  auto found = find_item(id);
  if (found && found->empty())
    return Error{Code::kNotFound, "the archive holds no item of the id given",
                 "`muniment search` prints ids and numbers"};
  return found;
}

// "12,https://social.example/1,15-20": an id may hold a comma, so parts that are no numbers are tried one by
// one and then together.
Result<Seqs> parse_record_list(std::string_view typed, const FindItem& find_item) {
  if (auto whole = parse_records(typed, find_item)) return whole;
  Seqs out;
  for (const auto part : split(typed, ',')) {
    auto some = parse_records(part, find_item);
    if (!some) return some;
    out.insert(out.end(), some->begin(), some->end());
  }
  return out;
}

Result<Ranges> parse_ranges(std::string_view text) {
  Ranges out;
  for (const auto part : split(text, ',')) {
    const auto numbers = parse_numbers(trimmed(part));
    if (!numbers || numbers->second >= kMostSegment)
      return invalid("the words to withhold are not numbers like 3 or 3-5,9",
                     "words are counted from 0; `muniment show ID --words` numbers them");
    out.emplace_back(static_cast<std::uint32_t>(numbers->first), static_cast<std::uint32_t>(numbers->second));
  }
  std::sort(out.begin(), out.end());
  Ranges joined;
  for (const auto& range : out) {
    if (!joined.empty() && range.first <= joined.back().second + 1)
      joined.back().second = std::max(joined.back().second, range.second);
    else
      joined.push_back(range);
  }
  return joined;
}

// "15:text:words=…"
bool names_words(std::string_view redaction) {
  const auto words = redaction.rfind(":words=");
  if (words == std::string_view::npos) return false;
  const auto before = redaction.substr(0, words).rfind(':');
  return before != std::string_view::npos &&
         is_field_pattern(redaction.substr(before + 1, words - before - 1));
}

constexpr const char* kRedactShape = "write --redact ID:FIELD:WORDS=CODE, for example 15:text:3-5=s40(2)";

// Read from the right: ids hold colons and slashes, fields and numbers do not.
Result<Redaction> parse_redaction(std::string_view typed, const Regime& regime, const FindItem& find_item) {
  Redaction out;
  const auto equals = typed.rfind('=');
  if (equals == std::string_view::npos) return invalid("a redaction names no exemption", kRedactShape);
  auto code = regime.code(typed.substr(equals + 1));
  if (!code) return code.error();
  out.code = *std::move(code);
  auto left = typed.substr(0, equals);
  constexpr std::string_view kWords = ":words=\"";
  const auto words = left.rfind(kWords);
  std::size_t colon = words;
  if (words != std::string_view::npos && left.ends_with('"') && left.size() > words + kWords.size() + 1) {
    out.words = left.substr(words + kWords.size(), left.size() - words - kWords.size() - 1);
  } else if (names_words(left)) {
    return invalid("the words to withhold do not stand between quotation marks",
                   "write words=\"Jane Doe\", and all of it between single ones, which the shell takes away: "
                   "--redact '15:text:words=\"Jane Doe\"=s40(2)'");
  } else {
    colon = left.rfind(':');
    if (colon == std::string_view::npos) return invalid("a redaction names no words", kRedactShape);
    const auto which = left.substr(colon + 1);
    out.whole = which == "*";
    if (!out.whole) {
      auto ranges = parse_ranges(which);
      if (!ranges) return ranges.error();
      out.ranges = *std::move(ranges);
    }
  }
  left = left.substr(0, colon);
  const auto before = left.rfind(':');
  if (before == std::string_view::npos) return invalid("a redaction names no record", kRedactShape);
  out.field = left.substr(before + 1);
  if (!is_field_pattern(out.field) || (out.field.ends_with(".*") && !out.whole))
    return invalid("a redaction names no field of a record", kRedactShape);
  auto records = parse_records(left.substr(0, before), find_item);
  if (!records) return records.error();
  out.records = *std::move(records);
  return out;
}

Result<WithholdRule> parse_withhold(std::string_view typed, const Regime& regime) {
  const auto equals = typed.find('=');
  const auto field = typed.substr(0, equals);
  if (equals == std::string_view::npos || !is_field_pattern(field))
    return invalid("a field to withhold is not FIELD=CODE", "for example --withhold author.*=s40(2)");
  auto code = regime.code(typed.substr(equals + 1));
  if (!code) return code.error();
  return WithholdRule{std::string(field), *std::move(code)};
}

Result<Keep> parse_keep(std::string_view typed, const FindItem& find_item) {
  const auto colon = typed.rfind(':');
  if (colon == std::string_view::npos || !is_field_pattern(typed.substr(colon + 1)))
    return invalid("what to keep is not ID:FIELD", "for example --keep 15:text");
  auto records = parse_records(typed.substr(0, colon), find_item);
  if (!records) return records.error();
  return Keep{*std::move(records), std::string(typed.substr(colon + 1))};
}

}  // namespace

bool names_field(std::string_view pattern, std::string_view field) {
  if (pattern.ends_with(".*")) {
    const auto stem = pattern.substr(0, pattern.size() - 2);
    return field == stem || (field.starts_with(stem) && field[stem.size()] == '.');
  }
  if (field == pattern) return true;
  const bool part =
      field.size() == pattern.size() + 5 && field.starts_with(pattern) && field[pattern.size()] == '.';
  if (part && all_digits_and(field.substr(pattern.size() + 1), "")) return true;
  return field.size() == pattern.size() + 4 && field.starts_with(pattern) && field.ends_with(".b64");
}

Result<Selection> parse_searches(const Request& typed, const Regime& regime) {
  constexpr const char* kShape = "for example --leave-out 17,19=out-of-scope";
  const FindItem no_items = [](const std::string&) -> Result<Seqs> {
    return invalid("a list of entries is not numbers like 12,15-20", "`muniment log` prints the numbers");
  };
  Selection out;
  for (const auto& text : typed.searches) {
    auto some = parse_records(text, no_items);
    if (!some) return some.error();
    out.searches.insert(out.searches.end(), some->begin(), some->end());
  }
  sort_once(out.searches);
  for (const auto& text : typed.leave_out) {
    const auto equals = text.rfind('=');
    if (equals == std::string::npos) return invalid("what to leave out names no reason", kShape);
    auto some = parse_records(std::string_view(text).substr(0, equals), no_items);
    if (!some) return invalid("what to leave out names no records", kShape);
    const auto reason = std::string_view(text).substr(equals + 1);
    auto code = !is_exemption(reason) ? std::string(reason) : regime.code(reason);
    if (!code) return code.error();
    out.left_out.push_back({*std::move(some), *std::move(code)});
  }
  return out;
}

Result<Selection> parse_selection(const Request& typed, const Regime& regime, const FindItem& find_item) {
  auto searches = parse_searches(typed, regime);
  if (!searches) return searches;
  Selection out = *std::move(searches);
  for (const auto& text : typed.records) {
    auto some = parse_record_list(text, find_item);
    if (!some) return some.error();
    out.records.insert(out.records.end(), some->begin(), some->end());
  }
  sort_once(out.records);
  if (out.records.empty() && out.searches.empty())
    return invalid("no record was named", "name them with --records 12,15-20 or by their ids");
  for (const auto& text : typed.withhold) {
    auto rule = parse_withhold(text, regime);
    if (!rule) return rule.error();
    out.withhold.push_back(*std::move(rule));
  }
  for (const auto& text : typed.redact) {
    auto redaction = parse_redaction(text, regime, find_item);
    if (!redaction) return redaction.error();
    const bool any = std::ranges::any_of(redaction->records, [&](std::uint64_t seq) {
      return std::ranges::binary_search(out.records, seq) || std::ranges::binary_search(out.searches, seq);
    });
    if (!any)
      return invalid("a redaction is of record " + numbers_text(redaction->records) +
                         ", which is not among those to be disclosed; nothing was withheld",
                     "add it to --records, or leave the redaction out");
    out.redact.push_back(*std::move(redaction));
  }
  for (const auto& text : typed.keep) {
    auto keep = parse_keep(text, find_item);
    if (!keep) return keep.error();
    out.keep.push_back(*std::move(keep));
  }
  return out;
}

}  // namespace muniment::foi
