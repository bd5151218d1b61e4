// Lists of numbers as entries, releases and officers write them: "12,15-20".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "muniment/result.hpp"

namespace muniment::foi {

using Seqs = std::vector<std::uint64_t>;
using SeqRanges = std::vector<std::pair<std::uint64_t, std::uint64_t>>;  // both ends included

// "12" or "15-20"; at most a million in one range.  kInvalid otherwise.
Result<std::pair<std::uint64_t, std::uint64_t>> parse_numbers(std::string_view text);

// Of a list of our own, from the ledger: what is no number or range is passed over.
SeqRanges ranges_of(std::string_view numbers);

Seqs numbers_of(const SeqRanges& ranges);

// "12,15-20": the reverse.  `seqs` ascending.
std::string numbers_text(const Seqs& seqs);

}  // namespace muniment::foi
