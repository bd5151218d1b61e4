#include "index/search.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "index/file.hpp"
#include "index/sieve.hpp"

namespace muniment::index {
namespace {

constexpr std::string_view kDocument = "SELECT seq, state FROM document WHERE doc = ?1";

// A word's frequency is counted up to here and carried on from there by the time those matches span.
constexpr std::size_t kMostCounted = 1000;

// So many texts are read and looked through in less time than the beginnings of words take in all parts.
constexpr std::size_t kFew = 100;

}  // namespace

struct Searcher::State {
  Opened opened;
  std::optional<db::Tokenizer> tokenizer;
  WordsReader words;
  db::Statement document;

  explicit State(Opened file) : opened(std::move(file)), words(opened.database) {}

  Status prepare() {
    auto cut = db::Tokenizer::open(opened.database);
    if (!cut) return cut.error();
    tokenizer.emplace(std::move(*cut));
    if (auto added = db::add_relevance(opened.database); !added) return added;
    auto prepared = opened.database.prepare(kDocument);
    if (!prepared) return prepared.error();
    document = std::move(*prepared);
    return {};
  }

  // log(1 + N/n), as much of the usual weight as matters here, from a bounded count.
  Result<float> weight(const Wanted& wanted, const DocRange& all) {
    const auto newest = words.newest(wanted.expression, all, kMostCounted);
    if (!newest) return newest.error();
    const auto counted = static_cast<double>(std::max<std::size_t>(newest->size(), 1));
    if (newest->size() < kMostCounted) return static_cast<float>(std::log(1 + 1e6 / counted));
    const double share = static_cast<double>(all.last - newest->back()) /
                         static_cast<double>(std::max<std::int64_t>(all.last - all.first, 1));
    return static_cast<float>(std::log(1 + 1e6 * std::clamp(share, 1e-6, 1.0) / counted));
  }

  Result<std::vector<float>> weights(const Match& match) {
    const auto all = words.span();
    if (!all) return all.error();
    std::vector<float> of_wanted;
    for (const auto& wanted : match.wanted) {
      const auto one = weight(wanted, *all);
      if (!one) return one.error();
      of_wanted.push_back(*one);
    }
    std::vector<float> of_phrases;
    for (const int phrase : match.phrases)
      of_phrases.push_back(phrase < 0 ? 0.0F : of_wanted[static_cast<std::size_t>(phrase)]);
    return of_phrases;
  }

  // Those of `match`, when the words beside the beginnings leave few documents; else nothing.
  Result<std::optional<std::vector<std::int64_t>>> sifted(const Match& match, const DocRange& range,
                                                          ledger::Reader& ledger) {
    const std::optional<std::vector<std::int64_t>> too_many;
    const auto few = words.newest(match.rest, range, kFew + 1);
    if (!few) return few.error();
    if (few->size() > kFew) return too_many;
    Sieve sieve(ledger, *tokenizer);
    std::vector<std::int64_t> docs;
    for (const auto doc : *few) {
      Hit hit{0, doc, DocumentState::kCurrent};
      if (auto filled = fill(hit); !filled) return filled.error();
      const auto has = sieve.has_all(hit.seq, match.begun);
      if (!has) return has.error();
      if (!*has) return too_many;
      if (**has) docs.push_back(doc);
    }
    return std::optional(std::move(docs));
  }

  Result<std::vector<std::int64_t>> newest(const Match& match, const DocRange& range,
                                           const SearchOptions& options) {
    const std::size_t most = options.limit == 0 ? 0 : options.limit + 1;
    if (match.rest.empty() || options.ledger == nullptr) return words.newest(match.expression, range, most);
    auto docs = sifted(match, range, *options.ledger);
    if (!docs) return docs.error();
    if (!*docs) return words.newest(match.expression, range, most);
    if (most != 0 && (*docs)->size() > most) (*docs)->resize(most);
    return **std::move(docs);
  }

  Status find_newest(const Match& match, const SearchOptions& options, Hits& hits) {
    auto range = match.range;
    if (options.after > 0) range.last = std::min(range.last, options.after - 1);
    const auto docs = newest(match, range, options);
    if (!docs) return docs.error();
    for (const auto doc : *docs) hits.hits.push_back({0, doc, DocumentState::kCurrent});
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
    auto scored = words.scored(match.expression, blob, match.range, kMostRanked);
    if (!scored) return scored.error();
    std::sort(scored->begin(), scored->end(), [](const ScoredDoc& a, const ScoredDoc& b) {
      return a.score != b.score ? a.score > b.score : a.doc > b.doc;
    });
    const std::size_t from =
        std::min(static_cast<std::size_t>(std::max<std::int64_t>(options.after, 0)), scored->size());
    const std::size_t most = options.limit == 0 ? scored->size() : options.limit;
    const std::size_t end = std::min(scored->size(), from + std::min(most, scored->size()));
    for (std::size_t i = from; i < end; ++i)
      hits.hits.push_back({0, (*scored)[i].doc, DocumentState::kCurrent});
    hits.more = end < scored->size();
    hits.next = static_cast<std::int64_t>(end);
    return {};
  }

  Status fill(Hit& hit) {
    const auto row = document.bind(1, hit.doc).step();
    if (!row) return row.error();
    if (*row) {
      hit.seq = static_cast<ledger::Seq>(document.integer(0));
      hit.state = static_cast<DocumentState>(document.integer(1));
    }
    document.reset();
    if (!*row)
      return Error{Code::kCorrupt, "the search index contradicts itself; the ledger is not concerned",
                   "make it again: muniment rebuild"};
    return {};
  }

  Status fill(Hits& hits) {
    for (auto& hit : hits.hits)
      if (auto filled = fill(hit); !filled) return filled;
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
  auto state = std::make_unique<State>(std::move(*opened));
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

WordsReader& Searcher::words() {
  return state_->words;
}

Result<Hits> Searcher::search(const Node& query, const SearchOptions& options) {
  // One snapshot for the match and the rows it leads to.
  return about_index(in_snapshot([&]() -> Result<Hits> {
    auto match = bind_query(query, database(), keys(), tokenizer(), options.start_of_day);
    if (!match) return match.error();
    Hits hits;
    auto done = options.order == Order::kNewest ? state_->find_newest(*match, options, hits)
                                                : state_->find_best(*match, options, hits);
    if (done) done = state_->fill(hits);
    if (!done) return done.error();
    hits.wanted = std::move(match->wanted);
    hits.remarks = std::move(match->remarks);
    return hits;
  }));
}

Result<Counted> Searcher::count(const Node& query, const StartOfDay& start_of_day) {
  return about_index(in_snapshot([&]() -> Result<Counted> {
    auto match = bind_query(query, database(), keys(), tokenizer(), start_of_day);
    if (!match) return match.error();
    const auto number = state_->words.count(match->expression, match->range);
    if (!number) return number.error();
    return Counted{*number, std::move(match->remarks)};
  }));
}

}  // namespace muniment::index
