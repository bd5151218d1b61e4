#include "index/projection.hpp"

#include <utility>

#include "index/file.hpp"
#include "index/writer.hpp"

namespace muniment::index {
namespace {

// Entries a transaction while catching up: large enough that each becomes one part of the full-text index.
constexpr std::size_t kFollowBatch = 40'000;

}  // namespace

struct Projection::State {
  std::filesystem::path path;
  std::string origin;
  base::Entropy* entropy = nullptr;
  std::optional<Opened> opened;
  std::optional<db::Tokenizer> tokenizer;
  std::unique_ptr<Writer> writer;

  Status open() {
    writer.reset();
    tokenizer.reset();
    opened.reset();
    auto file = open_for_following(path, origin, *entropy);
    if (!file) return file.error();
    opened.emplace(std::move(*file));
    auto cut = db::Tokenizer::open(opened->database);
    if (!cut) return cut.error();
    tokenizer.emplace(std::move(*cut));
    return {};
  }

  // Another process may have moved the position since it was last read; the write lock keeps it still.
  Result<db::Transaction> begin() {
    auto transaction = db::Transaction::begin(opened->database);
    if (!transaction) return transaction;
    const auto position = opened->database.integer("SELECT position FROM follower WHERE name = 'search'");
    if (!position) return position.error();
    if (static_cast<ledger::Seq>(*position) != opened->position) writer.reset();
    opened->position = static_cast<ledger::Seq>(*position);
    if (!writer) {
      writer = std::make_unique<Writer>(opened->database, *tokenizer, opened->keys);
      if (auto ready = writer->prepare(); !ready) {
        writer.reset();
        return ready.error();
      }
    }
    return transaction;
  }

  Status finish(db::Transaction& transaction, ledger::Seq position, const base::Hash& root) {
    auto done = writer->flush(position, root);
    if (done) done = transaction.commit();
    if (!done) {
      writer.reset();
      return wrap(done.error(), "updating the search index");
    }
    opened->position = position;
    opened->root = root;
    return {};
  }

  // True when the entry before the position is the one this index applied last.
  Result<bool> follows(ledger::Reader& ledger, const ledger::Head& head) {
    if (opened->position == 0) return true;
    if (opened->position > head.size) return false;
    // An importer that did not know the tree hash left it out; its next follow() puts one in.
    if (opened->root == base::Hash{}) return true;
    const auto last = ledger.entry(opened->position - 1);
    if (!last) return last.error();
    return last->root == opened->root;
  }
};

Projection::Projection(std::unique_ptr<State> state) : state_(std::move(state)) {}
Projection::Projection(Projection&&) noexcept = default;
Projection& Projection::operator=(Projection&&) noexcept = default;
Projection::~Projection() = default;

Result<Projection> Projection::open(const std::filesystem::path& path, const std::string& origin,
                                    base::Entropy& entropy) {
  auto state = std::make_unique<State>();
  state->path = path;
  state->origin = origin;
  state->entropy = &entropy;
  if (auto opened = state->open(); !opened) return opened.error();
  return Projection(std::move(state));
}

ledger::Seq Projection::position() const {
  return state_->opened->position;
}
const Keys& Projection::keys() const {
  return state_->opened->keys;
}

Status Projection::apply(std::span<const Decoded> batch) {
  if (batch.empty()) return {};
  auto transaction = state_->begin();
  if (!transaction) return transaction.error();
  const ledger::Seq position = state_->opened->position;
  if (batch.front().entry.seq > position)
    return Error{Code::kConflict, "the search index is behind the entries it was given",
                 "let it follow the ledger first"};
  if (batch.back().entry.seq < position) return {};
  for (const auto& item : batch.subspan(position - batch.front().entry.seq)) {
    if (auto added = state_->writer->add(item.entry, item.body, item.digests); !added) {
      state_->writer.reset();
      return added;
    }
  }
  return state_->finish(*transaction, batch.back().entry.seq + 1, batch.back().entry.root);
}

Status Projection::follow(ledger::Reader& ledger, const Progress& progress) {
  const auto head = ledger.head();
  if (!head) return head.error();
  const auto same = state_->follows(ledger, *head);
  if (!same) return same.error();
  if (!*same) {
    state_->opened.reset();
    if (auto dropped = drop(state_->path); !dropped) return dropped;
    if (auto opened = state_->open(); !opened) return opened;
  }
  while (position() < head->size) {
    auto transaction = state_->begin();
    if (!transaction) return transaction.error();
    const ledger::Seq first = position();
    const ledger::Seq end = std::min<ledger::Seq>(head->size, first + kFollowBatch);
    if (first >= end) break;
    Status added;
    base::Hash root{};
    auto read = ledger.each(first, end, [&](const ledger::Entry& entry, const records::Body* body) {
      root = entry.root;
      added = state_->writer->add(entry, body, {});
      return added.has_value();
    });
    if (read && !added) read = added;
    if (!read) {
      state_->writer.reset();
      return read;
    }
    if (auto done = state_->finish(*transaction, end, root); !done) return done;
    if (progress) progress(position(), head->size);
  }
  return {};
}

Status Projection::follow_if_free(ledger::Reader& ledger) {
  const auto patience = state_->opened->database.integer("PRAGMA busy_timeout");
  if (!patience) return patience.error();
  if (auto set = state_->opened->database.execute("PRAGMA busy_timeout = 0"); !set) return set;
  const auto followed = follow(ledger);
  if (!state_->opened) return followed;
  auto back = state_->opened->database.execute("PRAGMA busy_timeout = " + std::to_string(*patience));
  return followed ? back : followed;
}

Status Projection::settle() {
  auto& database = state_->opened->database;
  return database.execute("INSERT INTO words(words, rank) VALUES ('merge', -64)");
}

}  // namespace muniment::index
