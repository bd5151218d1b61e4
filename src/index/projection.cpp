#include "index/projection.hpp"

#include <algorithm>
#include <utility>

#include "index/file.hpp"
#include "index/writer.hpp"

namespace muniment::index {
namespace {

// Entries read from the ledger at a time.
constexpr ledger::Seq kReadBatch = 4096;

}  // namespace

struct Projection::State {
  std::filesystem::path path;
  std::string origin;
  base::Entropy* entropy = nullptr;
  std::int64_t part_documents = kPartDocuments;
  std::optional<Opened> opened;
  std::optional<db::Tokenizer> tokenizer;
  std::unique_ptr<Writer> writer;
  std::optional<Gatherer> gatherer;  // of apply(entries) and follow()

  Status open() { return take(open_for_following(path, origin, *entropy)); }

  // In the place of the file that was open, if there was one; on an error that stays.
  Status take(Result<Opened> file) {
    if (!file) return file.error();
    writer.reset();
    tokenizer.reset();
    opened.emplace(std::move(*file));
    auto cut = db::Tokenizer::open(opened->database);
    if (!cut) return cut.error();
    tokenizer.emplace(std::move(*cut));
    gatherer.emplace(opened->keys);
    return {};
  }

  // Position and root belong together: one without the other would look like another ledger's.
  Result<bool> read_place() {
    auto row = opened->database.prepare("SELECT position, root FROM follower WHERE name = 'search'");
    if (!row) return row.error();
    const auto there = row->step();
    if (!there) return there.error();
    const auto root = *there ? base::as_hash(row->blob(1)) : std::nullopt;
    if (!root)
      return Error{Code::kCorrupt, "the search index does not say how far it is; the ledger is not concerned",
                   "make it again: `muniment rebuild`"};
    const auto position = static_cast<ledger::Seq>(row->integer(0));
    opened->root = *root;
    return std::exchange(opened->position, position) != position;
  }

  // Another process may have moved the position since it was last read; the write lock keeps it still.
  Result<db::Transaction> begin() {
    auto transaction = db::Transaction::begin(opened->database);
    if (!transaction) return transaction;
    auto moved = read_place();
    if (!moved) return moved.error();
    if (*moved) writer.reset();
    if (!writer) {
      writer = std::make_unique<Writer>(opened->database, *tokenizer, part_documents);
      if (auto ready = writer->prepare(); !ready) {
        writer.reset();
        return ready.error();
      }
    }
    return transaction;
  }

  // Writer and gatherer remember what they wrote and handed out; after a rollback they would remember
  // wrongly.
  Status forget(const Error& error) {
    writer.reset();
    gatherer->reset();
    return about_index(wrap(error, "updating the search index"));
  }

  Status write(Gathered& gathered) {
    auto transaction = begin();
    if (!transaction) return forget(transaction.error());
    if (gathered.first > opened->position) {
      gatherer->reset();
      return Error{Code::kConflict, "the search index is behind the entries it was given",
                   "let it follow the ledger first"};
    }
    if (gathered.end <= opened->position) return {};
    gathered.drop_before(opened->position);
    auto done = writer->write(gathered);
    if (done) done = transaction->commit();
    if (!done) return forget(done.error());
    opened->position = gathered.end;
    opened->root = gathered.root;
    return {};
  }

  // From `first` on until there is enough for one transaction.
  Result<Gathered> gather(ledger::Reader& ledger, ledger::Seq first, ledger::Seq end) {
    gatherer->take();
    while (first < end && !gatherer->full()) {
      const auto stop = std::min(end, first + kReadBatch);
      auto read = ledger.each(first, stop, [&](const ledger::Entry& entry, const records::Body* body) {
        gatherer->add({entry, body, {}});
        return true;
      });
      if (!read) {
        gatherer->reset();
        return read.error();
      }
      first = stop;
    }
    return gatherer->take();
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
                                    base::Entropy& entropy, std::int64_t part_documents) {
  auto state = std::make_unique<State>();
  state->path = path;
  state->origin = origin;
  state->entropy = &entropy;
  state->part_documents = part_documents;
  if (auto opened = state->open(); !opened) return opened.error();
  return Projection(std::move(state));
}

Result<Projection> Projection::anew(const std::filesystem::path& path, const std::string& origin,
                                    base::Entropy& entropy) {
  auto state = std::make_unique<State>();
  state->path = path;
  state->origin = origin;
  state->entropy = &entropy;
  if (auto opened = state->take(open_anew(path, origin, entropy)); !opened) return opened.error();
  return Projection(std::move(state));
}

ledger::Seq Projection::position() const {
  return state_->opened->position;
}
MadeAnew Projection::made_anew() const {
  return state_->opened->made_anew;
}
const Keys& Projection::keys() const {
  return state_->opened->keys;
}

Status Projection::apply(std::span<const Decoded> batch) {
  for (const auto& entry : batch) state_->gatherer->add(entry);
  return apply(state_->gatherer->take());
}

Status Projection::apply(Gathered gathered) {
  return gathered.empty() ? Status{} : state_->write(gathered);
}

Status Projection::follow(ledger::Reader& ledger, const Progress& progress) {
  if (!is_in_place(state_->path, state_->opened->file))
    if (auto opened = state_->open(); !opened) return opened;
  const auto head = ledger.head();
  if (!head) return head.error();
  const auto same = state_->follows(ledger, *head);
  if (!same) return same.error();
  if (!*same) {
    auto opened = state_->take(open_instead(state_->path, state_->origin, *state_->entropy, keys()));
    if (!opened) return opened;
  }
  while (position() < head->size) {
    auto gathered = state_->gather(ledger, position(), head->size);
    if (!gathered) return gathered.error();
    if (auto done = state_->write(*gathered); !done) return done;
    if (progress) progress(position(), head->size);
  }
  return {};
}

Status Projection::follow_if_free(ledger::Reader& ledger) {
  const auto patience = state_->opened->database.integer("PRAGMA busy_timeout");
  if (!patience) return patience.error();
  if (auto set = state_->opened->database.execute("PRAGMA busy_timeout = 0"); !set) return set;
  const auto followed = follow(ledger);
  auto back = state_->opened->database.execute("PRAGMA busy_timeout = " + std::to_string(*patience));
  return followed ? back : followed;
}

Status Projection::settle() {
  auto transaction = state_->begin();
  if (!transaction) return transaction.error();
  auto done = state_->writer->join_youngest();
  if (done) done = transaction->commit();
  return done ? done : state_->forget(done.error());
}

}  // namespace muniment::index
