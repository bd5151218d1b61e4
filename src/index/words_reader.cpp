#include "index/words_reader.hpp"

#include <algorithm>
#include <utility>

namespace muniment::index {
namespace {

// The match set alone: joined to another table, the planner may run MATCH once for each row of that.
constexpr std::string_view kNewest =
    "SELECT rowid FROM words_0 WHERE words_0 MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid LIMIT ?4";
constexpr std::string_view kScored =
    "SELECT rowid, relevance(words_0, ?5) FROM words_0 WHERE words_0 MATCH ?1 AND rowid BETWEEN ?2 AND ?3 "
    "ORDER BY rowid LIMIT ?4";
constexpr std::string_view kCount =
    "SELECT count(*) FROM words_0 WHERE words_0 MATCH ?1 AND rowid BETWEEN ?2 AND ?3";

bool newer(const ScoredDoc& a, const ScoredDoc& b) {
  return a.doc > b.doc;
}

bool touches(const Part& part, const DocRange& range) {
  return part.documents > 0 && part.newest >= range.first && part.oldest <= range.last;
}

}  // namespace

Result<db::Statement*> WordsReader::statement(std::int64_t part, Ask ask) {
  auto& of_part = statements_[part];
  const auto [statement, sql] = ask == Ask::kNewest   ? std::pair(&of_part.newest, kNewest)
                                : ask == Ask::kScored ? std::pair(&of_part.scored, kScored)
                                                      : std::pair(&of_part.count, kCount);
  if (!*statement) {
    auto prepared = database_->prepare(in_part(sql, part));
    if (!prepared) return prepared.error();
    *statement = std::move(*prepared);
  }
  return statement;
}

Status WordsReader::ask_part(const Part& part, Ask ask, const Question& question,
                             std::vector<ScoredDoc>& found) {
  const auto prepared = statement(part.number, ask);
  if (!prepared) return prepared.error();
  auto& sql = **prepared;
  sql.bind_text(1, question.expression)
      .bind(2, part.base - std::min(question.range.last, part.newest))
      .bind(3, part.base - std::max(question.range.first, part.oldest))
      .bind(4, question.most == 0 ? -1 : static_cast<std::int64_t>(question.most));
  if (ask == Ask::kScored) sql.bind_blob(5, question.weights);
  for (;;) {
    const auto more = sql.step();
    if (!more) return more.error();
    if (!*more) break;
    found.push_back({part.base - sql.integer(0), ask == Ask::kScored ? sql.real(1) : 0});
  }
  sql.reset();
  return {};
}

// Parts may overlap: what is captured late may have been posted early.  So a part is left out only when all
// of it is older than the last of as many matches as are wanted.
Result<std::vector<ScoredDoc>> WordsReader::ask_all(Ask ask, const Question& question) {
  const auto parts = read_parts(*database_);
  if (!parts) return parts.error();
  std::vector<ScoredDoc> found;
  for (const auto& part : *parts) {
    if (!touches(part, question.range)) continue;
    const bool enough = question.most != 0 && found.size() == question.most;
    if (enough && found.back().doc > part.newest) break;
    const auto before = static_cast<std::ptrdiff_t>(found.size());
    if (auto asked = ask_part(part, ask, question, found); !asked) return asked.error();
    std::inplace_merge(found.begin(), found.begin() + before, found.end(), newer);
    if (question.most != 0 && found.size() > question.most) found.resize(question.most);
  }
  return found;
}

Result<std::vector<std::int64_t>> WordsReader::newest(const std::string& expression, const DocRange& range,
                                                      std::size_t most) {
  const auto found = ask_all(Ask::kNewest, {expression, {}, range, most});
  if (!found) return found.error();
  std::vector<std::int64_t> docs;
  docs.reserve(found->size());
  for (const auto& one : *found) docs.push_back(one.doc);
  return docs;
}

Result<std::vector<ScoredDoc>> WordsReader::scored(const std::string& expression, std::string_view weights,
                                                   const DocRange& range, std::size_t most) {
  return ask_all(Ask::kScored, {expression, weights, range, most});
}

Result<std::uint64_t> WordsReader::count(const std::string& expression, const DocRange& range) {
  const auto parts = read_parts(*database_);
  if (!parts) return parts.error();
  std::uint64_t counted = 0;
  for (const auto& part : *parts) {
    if (!touches(part, range)) continue;
    const auto prepared = statement(part.number, Ask::kCount);
    if (!prepared) return prepared.error();
    auto& sql = **prepared;
    sql.bind_text(1, expression)
        .bind(2, part.base - std::min(range.last, part.newest))
        .bind(3, part.base - std::max(range.first, part.oldest));
    const auto row = sql.step();
    if (!row) return row.error();
    counted += static_cast<std::uint64_t>(sql.integer(0));
    sql.reset();
  }
  return counted;
}

Result<DocRange> WordsReader::span() {
  const auto parts = read_parts(*database_);
  if (!parts) return parts.error();
  DocRange span{INT64_MAX, 0};
  for (const auto& part : *parts) {
    if (part.documents == 0) continue;
    span.first = std::min(span.first, part.oldest);
    span.last = std::max(span.last, part.newest);
  }
  return span.first == INT64_MAX ? DocRange{0, 0} : span;
}

}  // namespace muniment::index
