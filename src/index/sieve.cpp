#include "index/sieve.hpp"

#include <algorithm>
#include <string>

#include "index/columns.hpp"

namespace muniment::index {
namespace {

bool has(const std::vector<Place>& places, const Wanted& wanted) {
  for (std::size_t at = 0; at < places.size(); ++at)
    if (matches_at(places, at, wanted)) return true;
  return false;
}

}  // namespace

Result<bool> Sieve::has_all(const records::Body& body, const std::vector<Wanted>& wanted) {
  read_capture(fields_, body);
  std::vector<const Wanted*> missing;
  for (const auto& one : wanted) missing.push_back(&one);
  for (const auto append : {append_body, append_author, append_tags}) {
    std::string column;
    append(column, fields_);
    std::vector<Place> places;
    auto cut = tokenizer_.each(column, [&](std::string_view folded, std::size_t begin, std::size_t end) {
      places.push_back({std::string(folded), begin, end});
    });
    if (!cut) return cut.error();
    std::erase_if(missing, [&](const Wanted* one) { return has(places, *one); });
    if (missing.empty()) return true;
  }
  return false;
}

Result<std::optional<bool>> Sieve::has_all(ledger::Seq seq, const std::vector<Wanted>& wanted) {
  std::optional<Result<bool>> answer;
  auto read = ledger_.each(seq, seq + 1, [&](const ledger::Entry&, const records::Body* body) {
    if (body != nullptr) answer = has_all(*body, wanted);
    return true;
  });
  if (!read) return read.error();
  if (!answer) return std::optional<bool>{};
  if (!*answer) return answer->error();
  return std::optional<bool>(**answer);
}

}  // namespace muniment::index
