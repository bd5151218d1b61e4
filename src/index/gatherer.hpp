// Reads entries into memory for the index; touches no file, so that it can run beside the one who writes.
#pragma once

#include <string_view>
#include <unordered_map>

#include "index/capture_fields.hpp"
#include "index/gathered.hpp"

namespace muniment::index {

// One thread at a time.
class Gatherer {
 public:
  // As Projection::keys().
  explicit Gatherer(const Keys& keys) : keys_(keys) {}

  const Keys& keys() const { return keys_; }

  // Entries come in order and without gaps.
  void add(const Decoded& entry);

  bool empty() const { return out_.empty(); }
  ledger::Seq next() const { return out_.end; }  // the entry it takes next, unless it is empty
  // Enough has come together to be written: a part's worth of versions, or so much text that memory counts.
  bool full() const;
  // What came together since the last take().
  Gathered take();
  // Forgets what came together, and which names were handed out before: what take() gave was not written.
  void reset();

 private:
  void add_version(const ledger::Entry& entry, const records::Body& body, const Digests& digests);
  void add_facets(const ledger::Entry& entry, std::int64_t account);
  void add_event(const ledger::Entry& entry, const records::Body& body, What what);
  void add_source(const ledger::Entry& entry, const records::Body& body);
  void add_poll(const ledger::Entry& entry, const records::Body& body);
  void add_media(const ledger::Entry& entry, const records::Body& body);
  void add_answer(const ledger::Entry& entry, const records::Body& body);
  std::int64_t account_of();

  Keys keys_;
  Gathered out_;
  CaptureFields fields_;
  std::unordered_map<std::int64_t, std::size_t> accounts_;  // hash of the names handed out last
};

}  // namespace muniment::index
