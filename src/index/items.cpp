// Items: which version is the newest, and what has become of it.
#include <algorithm>

#include "index/writer.hpp"

namespace muniment::index {
namespace {

// The more, the smaller the share of the old items that each new one makes to be written again, and the
// larger the share of the young ones.
constexpr std::int64_t kPartsBeforeMove = 8;

}  // namespace

struct Writer::Item {
  std::int64_t key = 0;
  ledger::Seq seq = 0;
  std::int64_t doc = 0;
  DocumentState state = DocumentState::kCurrent;
  Digests digests{};
};

Status Writer::add_history(std::int64_t key, ledger::Seq seq, What what) {
  return sql_.add_history.bind(1, key)
      .bind(2, static_cast<std::int64_t>(seq))
      .bind(3, static_cast<std::int64_t>(what))
      .run();
}

Status Writer::hold(const Gathered& gathered, const Event& event) {
  if (event.source == 0) return {};
  const auto source = source_number(gathered.sources[event.source - 1]);
  if (!source) return source.error();
  return sql_.hold.bind(1, *source).bind(2, event.key).bind_text(3, event.id).run();
}

// By key: the table is walked once, and the events of one item stand together in the ledger's order.
Status Writer::write_items(Gathered& gathered) {
  auto& events = gathered.events;
  std::sort(events.begin(), events.end(),
            [](const Event& a, const Event& b) { return a.key != b.key ? a.key < b.key : a.seq < b.seq; });
  for (std::size_t first = 0; first < events.size();) {
    std::size_t end = first + 1;
    while (end < events.size() && events[end].key == events[first].key) ++end;
    if (auto done = write_item(gathered, first, end); !done) return done;
    first = end;
  }
  return {};
}

// Adds the item when it is not known yet; true when it was added.
Result<bool> Writer::add_item(const Gathered& gathered, const Event& event) {
  const Version& version = gathered.versions[event.version];
  auto added = sql_.add_item.bind(1, event.key)
                   .bind(2, static_cast<std::int64_t>(event.seq))
                   .bind(3, version.doc)
                   .bind(4, static_cast<std::int64_t>(event.digests.content))
                   .bind(5, static_cast<std::int64_t>(event.digests.raw))
                   .bind(6, static_cast<std::int64_t>(version.state))
                   .run();
  if (!added) return added.error();
  if (database_.changes() == 0) return false;
  ++young_items_;
  if (auto held = hold(gathered, event); !held) return held.error();
  return true;
}

Result<bool> Writer::read_item(Item& item) {
  const auto row = sql_.item.bind(1, item.key).step();
  if (!row) return row.error();
  if (*row) {
    item.seq = static_cast<ledger::Seq>(sql_.item.integer(0));
    item.doc = sql_.item.integer(1);
    item.state = static_cast<DocumentState>(sql_.item.integer(2));
    item.digests = {static_cast<std::uint64_t>(sql_.item.integer(3)),
                    static_cast<std::uint64_t>(sql_.item.integer(4))};
  }
  sql_.item.reset();
  return *row;
}

Status Writer::set_item(const Item& item) {
  for (auto* table : {&sql_.set_young_item, &sql_.set_old_item}) {
    auto set = table->bind(1, item.key)
                   .bind(2, static_cast<std::int64_t>(item.seq))
                   .bind(3, item.doc)
                   .bind(4, static_cast<std::int64_t>(item.state))
                   .bind(5, static_cast<std::int64_t>(item.digests.content))
                   .bind(6, static_cast<std::int64_t>(item.digests.raw))
                   .run();
    if (!set || database_.changes() > 0) return set;
  }
  return {};
}

// Both tables are walked once, in the order of keys.
Status Writer::move_items_if_many() {
  if (young_items_ < kPartsBeforeMove * part_documents_) return {};
  young_items_ = 0;
  return database_.execute(
      "INSERT INTO item_old SELECT * FROM item_young ORDER BY key; DELETE FROM item_young;");
}

// The events of one item.  Nearly always this is a first capture, and one INSERT is all.
Status Writer::write_item(const Gathered& gathered, std::size_t first, std::size_t end) {
  const auto& events = gathered.events;
  Item item;
  item.key = events[first].key;
  bool known = false;
  while (!known) {
    if (events[first].what == What::kVersion) {
      const auto added = add_item(gathered, events[first]);
      if (!added) return added.error();
      if (*added && ++first == end) return {};
      known = true;
    } else {
      const auto exists = read_item(item);
      if (!exists) return exists.error();
      known = *exists;
      // An event about an item that was never captured has nothing to change.
      if (!known && ++first == end) return {};
    }
  }
  if (const auto exists = read_item(item); !exists) return exists.error();
  if (auto done = add_history(item.key, item.seq, What::kVersion); !done) return done;
  for (; first < end; ++first)
    if (auto done = apply_event(gathered, item, events[first]); !done) return done;
  return set_item(item);
}

Status Writer::apply_event(const Gathered& gathered, Item& item, const Event& event) {
  const DocumentState before = item.state;
  Status done;
  switch (event.what) {
    case What::kVersion:
      mark(item.doc, before,
           event.completes && before != DocumentState::kSuperseded ? DocumentState::kOutdone
                                                                   : DocumentState::kSuperseded);
      item.seq = event.seq;
      item.doc = gathered.versions[event.version].doc;
      item.state = gathered.versions[event.version].state;
      item.digests = event.digests;
      done = hold(gathered, event);
      break;
    case What::kSeenAgain:
      item.digests.raw = event.digests.raw;
      // A file proves no time: what it shows may have been there before.
      if (event.source != 0 && before != DocumentState::kSuperseded) item.state = DocumentState::kCurrent;
      mark(item.doc, before, item.state);
      done = hold(gathered, event);
      break;
    case What::kDeletion:
      item.state = DocumentState::kDeleted;
      mark(item.doc, before, item.state);
      done = sql_.release.bind(1, item.key).run();
      break;
    case What::kBarred:
      item.state = DocumentState::kUnavailable;
      mark(item.doc, before, item.state);
      break;
    case What::kReported:
      // What we saw ourselves counts for more.
      if (before != DocumentState::kCurrent) break;
      item.state = DocumentState::kReported;
      mark(item.doc, before, item.state);
      break;
  }
  if (!done) return done;
  return add_history(item.key, event.seq, event.what);
}

}  // namespace muniment::index
