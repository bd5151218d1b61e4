#include "app/noted_items.hpp"

#include <algorithm>

namespace muniment::app {
namespace {

constexpr std::size_t kPlaces = 1U << 17;  // half a megabyte

// Keys are keyed hashes already (index::Keys).
std::size_t place_of(std::int64_t key) {
  return static_cast<std::uint64_t>(key) % kPlaces;
}

}  // namespace

NotedItems::NotedItems() : newest_(kPlaces) {}

void NotedItems::add(std::int64_t key, const collect::Known& known) {
  auto& newest = newest_[place_of(key)];
  notes_.push_back({key, known, newest});
  newest = static_cast<Place>(notes_.size());
}

// The newest note of a key is the first that is met.
const collect::Known* NotedItems::find(std::int64_t key) const {
  for (Place place = newest_[place_of(key)]; place != 0; place = notes_[place - 1].before)
    if (notes_[place - 1].key == key) return &notes_[place - 1].known;
  return nullptr;
}

void NotedItems::clear() {
  if (notes_.empty()) return;
  notes_.clear();
  std::ranges::fill(newest_, 0);
}

void NotedItems::forget_before(ledger::Seq position) {
  std::vector<Note> kept;
  for (const auto& note : notes_) {
    const bool is_needed = note.known.version >= position || note.known.raw >= position;
    if (is_needed && find(note.key) == &note.known) kept.push_back(note);
  }
  clear();
  for (const auto& note : kept) add(note.key, note.known);
}

}  // namespace muniment::app
