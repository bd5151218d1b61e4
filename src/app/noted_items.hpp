// What was noted of items whose entries the index may not have yet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "collect/catalogue.hpp"

namespace muniment::app {

// Notes stand one behind the other in the order of noting, chained by the places of their keys: a note costs
// little but the writing of it.  An import makes one an item and hardly ever asks for it.
class NotedItems {
 public:
  NotedItems();

  // Replaces what was noted of this key before.
  void add(std::int64_t key, const collect::Known& known);
  // Valid until the next call that changes anything; null: there is none.
  const collect::Known* find(std::int64_t key) const;

  std::size_t size() const { return notes_.size(); }  // those that were replaced among them
  void clear();
  // Forgets the notes all of whose entries stand before `position`, and those that were replaced.
  void forget_before(ledger::Seq position);

  template <typename Visit>
  void each_key(const Visit& visit) const {
    for (const auto& note : notes_) visit(note.key);
  }

 private:
  using Place = std::uint32_t;  // of a note in notes_, counted from 1; 0: none

  struct Note {
    std::int64_t key;
    collect::Known known;
    Place before;  // the note noted before it whose key has the same place in newest_
  };

  Place& newest(std::int64_t key);

  std::vector<Note> notes_;
  std::vector<Place> newest_;
};

}  // namespace muniment::app
