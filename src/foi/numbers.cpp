#include "foi/numbers.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace muniment::foi {
namespace {

constexpr std::uint64_t kMostInOneRange = 1'000'000;
constexpr std::size_t kMostQuoted = 40;  // bytes of what was typed, in an error

}  // namespace

Result<std::pair<std::uint64_t, std::uint64_t>> parse_numbers(std::string_view text) {
  const auto number = [](std::string_view digits) -> std::optional<std::uint64_t> {
    std::uint64_t value = 0;
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (failure != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
  };
  const auto dash = text.find('-');
  const auto first = number(text.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : number(text.substr(dash + 1));
  if (!first || !last || *last < *first || *last - *first >= kMostInOneRange)
    return Error{Code::kInvalid,
                 "\"" + std::string(text.substr(0, kMostQuoted)) +
                     "\" is no number, and no range from a lower to a higher one, as 15-20 is",
                 "`muniment search` prints the numbers"};
  return std::pair(*first, *last);
}

SeqRanges ranges_of(std::string_view numbers) {
  SeqRanges out;
  while (!numbers.empty()) {
    const auto end = std::min(numbers.find(','), numbers.size());
    if (const auto range = parse_numbers(numbers.substr(0, end))) out.push_back(*range);
    numbers.remove_prefix(std::min(end + 1, numbers.size()));
  }
  return out;
}

Seqs numbers_of(const SeqRanges& ranges) {
  Seqs out;
  for (const auto& [first, last] : ranges)
    for (auto seq = first; seq <= last; ++seq) out.push_back(seq);
  return out;
}

std::string numbers_text(const Seqs& seqs) {
  std::string out;
  for (std::size_t i = 0; i < seqs.size(); ++i) {
    const std::size_t first = i;
    while (i + 1 < seqs.size() && seqs[i + 1] == seqs[i] + 1) ++i;
    out += (out.empty() ? "" : ",") + std::to_string(seqs[first]) +
           (i > first ? "-" + std::to_string(seqs[i]) : "");
  }
  return out;
}

}  // namespace muniment::foi
