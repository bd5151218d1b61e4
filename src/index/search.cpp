#include "index/search.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "index/file.hpp"

namespace muniment::index {
namespace {

// The match set alone: joined to another table, the planner may run MATCH once for each row of that.
constexpr std::string_view kNewest =
    "SELECT rowid FROM words WHERE words MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid DESC LIMIT ?4";
constexpr std::string_view kRanked =
    "SELECT rowid, relevance(words, ?5) FROM words WHERE words MATCH ?1 AND rowid BETWEEN ?2 AND ?3 "
    "ORDER BY rowid DESC LIMIT ?4";
constexpr std::string_view kCount =
    "SELECT count(*) FROM words WHERE words MATCH ?1 AND rowid BETWEEN ?2 AND ?3";
constexpr std::string_view kFrequency =
    "SELECT count(*), min(rowid) FROM (SELECT rowid FROM words WHERE words MATCH ?1 ORDER BY rowid DESC "
    "LIMIT ?2)";
constexpr std::string_view kDocument = "SELECT seq, state FROM document WHERE doc = ?1";

// A word's frequency is counted up to here and carried on from there by the time those matches span.
constexpr std::int64_t kMostCounted = 1000;

struct Scored {
  std::int64_t doc;
  double score;
};

}  // namespace

struct Searcher::State {
  Opened opened;
  std::optional<db::Tokenizer> tokenizer;
  db::Statement newest, ranked, count, frequency, document;

  Status prepare() {
    auto cut = db::Tokenizer::open(opened.database);
    if (!cut) return cut.error();
    tokenizer.emplace(std::move(*cut));
    if (auto added = db::add_relevance(opened.database); !added) return added;
    const std::pair<db::Statement*, std::string_view> all[] = {{&newest, kNewest},
                                                               {&ranked, kRanked},
                                                               {&count, kCount},
                                                               {&frequency, kFrequency},
                                                               {&document, kDocument}};
    for (const auto& [statement, sql] : all) {
      auto prepared = opened.database.prepare(sql);
      if (!prepared) return prepared.error();
      *statement = std::move(*prepared);
    }
    return {};
  }

  // log(1 + N/n), as much of the usual weight as matters here, from a bounded count.
  Result<float> weight(const Wanted& wanted, double span_of_all) {
    frequency.bind_text(1, wanted.expression).bind(2, kMostCounted);
    const auto row = frequency.step();
    if (!row) return row.error();
    const auto counted = static_cast<double>(std::max<std::int64_t>(frequency.integer(0), 1));
    const auto oldest = static_cast<double>(frequency.integer(1));
    frequency.reset();
    if (counted < static_cast<double>(kMostCounted)) return static_cast<float>(std::log(1 + 1e6 / counted));
    const double share = std::clamp((newest_doc - oldest) / span_of_all, 1e-6, 1.0);
    return static_cast<float>(std::log(1 + 1e6 * share / counted));
  }

  Result<std::vector<float>> weights(const Match& match) {
    auto oldest = opened.database.integer("SELECT coalesce(min(doc), 0) FROM document");
    if (!oldest) return oldest.error();
    auto latest = opened.database.integer("SELECT coalesce(max(doc), 0) FROM document");
    if (!latest) return latest.error();
    newest_doc = static_cast<double>(*latest);
    const double span = std::max(static_cast<double>(*latest - *oldest), 1.0);
    std::vector<float> of_wanted;
    for (const auto& wanted : match.wanted) {
      const auto one = weight(wanted, span);
      if (!one) return one.error();
      of_wanted.push_back(*one);
    }
    std::vector<float> of_phrases;
    for (const int phrase : match.phrases)
      of_phrases.push_back(phrase < 0 ? 0.0F : of_wanted[static_cast<std::size_t>(phrase)]);
    return of_phrases;
  }

  double newest_doc = 0;

  Status find_newest(const Match& match, std::int64_t last, const SearchOptions& options, Hits& hits) {
    const std::int64_t wanted = options.limit == 0 ? -1 : static_cast<std::int64_t>(options.limit) + 1;
    newest.bind_text(1, match.expression).bind(2, match.first_doc).bind(3, last).bind(4, wanted);
    for (;;) {
      const auto row = newest.step();
      if (!row) return row.error();
      if (!*row) break;
      hits.hits.push_back({0, newest.integer(0), DocumentState::kCurrent});
    }
    newest.reset();
    hits.more = options.limit != 0 && hits.hits.size() > options.limit;
    if (hits.more) hits.hits.pop_back();
    if (hits.more) hits.next = hits.hits.back().doc;
    return {};
  }

  Status find_best(const Match& match, const SearchOptions& options, Hits& hits) {
    const auto phrase_weights = weights(match);
    if (!phrase_weights) return phrase_weights.error();
    const std::string_view blob{reinterpret_cast<const char*>(phrase_weights->data()),
                                phrase_weights->size() * sizeof(float)};
    ranked.bind_text(1, match.expression).bind(2, match.first_doc).bind(3, match.last_doc);
    ranked.bind(4, static_cast<std::int64_t>(kMostRanked)).bind_blob(5, blob);
    std::vector<Scored> scored;
    for (;;) {
      const auto row = ranked.step();
      if (!row) return row.error();
      if (!*row) break;
      scored.push_back({ranked.integer(0), ranked.real(1)});
    }
    ranked.reset();
    std::sort(scored.begin(), scored.end(), [](const Scored& a, const Scored& b) {
      return a.score != b.score ? a.score > b.score : a.doc > b.doc;
    });
    const std::size_t from =
        std::min(static_cast<std::size_t>(std::max<std::int64_t>(options.after, 0)), scored.size());
    const std::size_t most = options.limit == 0 ? scored.size() : options.limit;
    const std::size_t end = std::min(scored.size(), from + std::min(most, scored.size()));
    for (std::size_t i = from; i < end; ++i) hits.hits.push_back({0, scored[i].doc, DocumentState::kCurrent});
    hits.more = end < scored.size();
    hits.next = static_cast<std::int64_t>(end);
    return {};
  }

  Status fill(Hits& hits) {
    for (auto& hit : hits.hits) {
      const auto row = document.bind(1, hit.doc).step();
      if (!row) return row.error();
      if (*row) {
        hit.seq = static_cast<ledger::Seq>(document.integer(0));
        hit.state = static_cast<DocumentState>(document.integer(1));
      }
      document.reset();
      if (!*row)
        return Error{Code::kCorrupt, "the search index contradicts itself; the ledger is not concerned",
                     "make it again: muniment index --rebuild"};
    }
    return {};
  }
};

Searcher::Searcher(std::unique_ptr<State> state) : state_(std::move(state)) {}
Searcher::Searcher(Searcher&&) noexcept = default;
Searcher& Searcher::operator=(Searcher&&) noexcept = default;
Searcher::~Searcher() = default;

Result<Searcher> Searcher::open(const std::filesystem::path& path, const std::string& origin) {
  auto opened = open_for_reading(path, origin);
  if (!opened) return opened.error();
  auto state = std::make_unique<State>(State{std::move(*opened), {}, {}, {}, {}, {}, {}});
  if (auto ready = state->prepare(); !ready) return ready.error();
  return Searcher(std::move(state));
}

ledger::Seq Searcher::position() const {
  return state_->opened.position;
}
const base::Hash& Searcher::root() const {
  return state_->opened.root;
}
const Keys& Searcher::keys() const {
  return state_->opened.keys;
}
db::Database& Searcher::database() {
  return state_->opened.database;
}
const db::Tokenizer& Searcher::tokenizer() const {
  return *state_->tokenizer;
}

Result<Hits> Searcher::search(const Node& query, const SearchOptions& options) {
  auto match = bind_query(query, database(), tokenizer(), options.start_of_day);
  if (!match) return match.error();
  // One snapshot for the match and the rows it leads to.
  if (auto begun = database().execute("BEGIN"); !begun) return begun.error();
  Hits hits;
  const std::int64_t last =
      options.after > 0 ? std::min(match->last_doc, options.after - 1) : match->last_doc;
  auto done = options.order == Order::kNewest ? state_->find_newest(*match, last, options, hits)
                                              : state_->find_best(*match, options, hits);
  if (done) done = state_->fill(hits);
  state_->newest.reset();
  state_->ranked.reset();
  if (auto ended = database().execute("COMMIT"); done && !ended) done = ended;
  if (!done) return done.error();
  hits.wanted = std::move(match->wanted);
  hits.remarks = std::move(match->remarks);
  return hits;
}

Result<std::uint64_t> Searcher::count(const Node& query, const StartOfDay& start_of_day) {
  auto match = bind_query(query, database(), tokenizer(), start_of_day);
  if (!match) return match.error();
  auto& statement = state_->count;
  statement.bind_text(1, match->expression).bind(2, match->first_doc).bind(3, match->last_doc);
  const auto row = statement.step();
  if (!row) return row.error();
  const auto counted = static_cast<std::uint64_t>(statement.integer(0));
  statement.reset();
  return counted;
}

}  // namespace muniment::index
