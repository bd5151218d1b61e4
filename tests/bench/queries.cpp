#include "bench/queries.hpp"

#include <algorithm>

#include "bench/corpus.hpp"

namespace muniment::bench {
namespace {

using Words = std::vector<std::string>;

// The beginnings of words of every frequency, each once.
Words beginnings(std::size_t most, std::size_t letters) {
  const Frequency all[] = {Frequency::kCommon, Frequency::kMid, Frequency::kRare, Frequency::kTop};
  Words out;
  for (const auto frequency : all) {
    const auto words = words_of(frequency, most * 4);
    const std::size_t share = out.size() + (most + 3) / 4;
    for (const auto& word : words) {
      if (out.size() >= share || out.size() >= most) break;
      const auto query = word.substr(0, letters) + "*";
      if (word.size() < letters || std::find(out.begin(), out.end(), query) != out.end()) continue;
      out.push_back(query);
    }
  }
  // So few different ones may exist that some are asked twice.
  for (std::size_t i = 0; out.size() < most; ++i) out.push_back(out[i]);
  return out;
}

// Each of one list with each of the other: "{0} AND {1}".
Words paired(const Words& one, const std::string& between, const Words& other,
             const std::string& after = {}) {
  Words out;
  for (std::size_t i = 0; i < one.size(); ++i)
    out.push_back(one[i] + between + other[other.size() - 1 - i] + after);
  return out;
}

Words with_each(const std::string& before, const Words& words) {
  Words out;
  for (const auto& word : words) out.push_back(before + word);
  return out;
}

Words in_months(const Words& words) {
  Words out;
  for (std::size_t i = 0; i < words.size(); ++i)
    out.push_back(words[i] + " on:2024-0" + std::to_string(1 + i % 9));
  return out;
}

}  // namespace

std::vector<QueryClass> query_classes(std::size_t most) {
  const auto top = words_of(Frequency::kTop, most);
  const auto common = words_of(Frequency::kCommon, most);
  const auto mid = words_of(Frequency::kMid, most);
  const auto rare = words_of(Frequency::kRare, most);
  const auto authors = with_each("from:", author_names(most));
  const auto three_letters = beginnings(most, 3);
  return {{"rare words", rare},
          {"words of the middle", mid},
          {"common words", common},
          {"the commonest words", top},
          {"common AND middle", paired(common, " ", mid)},
          {"common AND common", paired(common, " ", common)},
          {"commonest AND rare", paired(top, " ", rare)},
          {"phrases", phrases(most)},
          {"phrases of three words", phrases(most, true)},
          {"phrases nobody wrote", paired(with_each("\"", common), " ", common, "\"")},
          {"prefixes of four letters", beginnings(most, 4)},
          {"prefixes of three letters", three_letters},
          {"prefixes of two letters", beginnings(most, 2)},
          {"prefix AND common", paired(three_letters, " ", common)},
          {"prefix AND rare", paired(three_letters, " ", rare)},
          {"from:", authors},
          {"from: AND common", paired(authors, " ", common)},
          {"common OR middle", paired(common, " OR ", mid)},
          {"middle NOT common", paired(mid, " NOT ", common)},
          {"common is:reply", paired(common, " ", Words(most, "is:reply"))},
          {"commonest is:current", paired(top, " ", Words(most, "is:current"))},
          {"common is:superseded", paired(common, " ", Words(most, "is:superseded"))},
          {"a word in a month", in_months(common)},
          {"a prefix in a month", in_months(three_letters)}};
}

}  // namespace muniment::bench
