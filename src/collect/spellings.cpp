#include "collect/spellings.hpp"

#include <algorithm>
#include <bit>

namespace muniment::collect {
namespace {

constexpr std::size_t kMostReadings = 64;                  // of one place
constexpr std::size_t kMostSteps = 512;                    // to find what one layer adds at one place
constexpr std::size_t kRemembered = 2 * kLongestSpelling;  // from a place on a spelling is that long at most

}  // namespace

// From one place on, for the escapes that one more layer adds there.
struct Spellings::Walk {
  std::size_t from;
  std::size_t layers;  // under which what the escapes are made of is read
  Readings& out;
  std::size_t steps = 0;
  bool more = false;  // a further layer may add something

  void found(std::size_t end, std::string_view means) {
    Spelling one{static_cast<std::uint16_t>(end - from), static_cast<std::uint8_t>(means.size()), {}};
    means.copy(one.bytes.data(), one.bytes.size());
    if (out.all.size() == kMostReadings || std::ranges::count(out.all, one) != 0) return;
    out.all.push_back(one);
    more = more || (means.size() == 1 && begins_spelling(means[0]));
  }
};

std::span<const Spelling> Spellings::at(std::size_t place) {
  if (!begins_spelling(text_[place]) || !goes_on(place)) return {};
  return read(kLayers, place).all;
}

// A quick look: most of what might begin an escape does not.
bool Spellings::goes_on(std::size_t place) const {
  if (text_[place] == '+') return true;
  if (place + 1 == text_.size()) return false;
  const auto next = text_.substr(place + 1, 1);
  return Escape::is_begun_by(next[0]) || Escape(text_[place]).read(next) != Escape::Is::kNone;
}

Spellings::Readings& Spellings::remembered(std::size_t layers, std::size_t place) {
  auto& ring = remembered_[layers - 1];
  if (ring.empty()) ring.resize(std::bit_ceil(std::min(text_.size(), kRemembered)));
  return ring[place & (ring.size() - 1)];
}

const Spellings::Readings& Spellings::read(std::size_t layers, std::size_t place) {
  const Readings* below = layers > 1 ? &read(layers - 1, place) : nullptr;
  if (below != nullptr && below->is_final) return *below;
  auto& out = remembered(layers, place);
  if (out.place == place) return out;
  out.place = place;
  out.all.clear();
  if (below != nullptr) out.all = below->all;
  Walk walk{place, layers - 1, out};
  each_character(walk, place, [&](std::string_view character, std::size_t end) {
    if (character == "+")
      walk.found(end, " ");
    else if (Escape::is_begun_by(character[0]))
      go_on(walk, Escape(character[0]), end);
  });
  out.is_final = !walk.more;
  if (layers == kLayers) add_chain(walk);
  return out;
}

// Escaped again and again by one rule, a mark is followed by what it is itself written with: %252525…41,
// &amp;amp;amp;…#65;, \\\\\\\\u0041.
void Spellings::add_chain(Walk& walk) {
  const char mark = text_[walk.from];
  const std::string_view filler = mark == '%' ? "25" : mark == '&' ? "amp;" : "";
  auto at = walk.from + 1;
  if (mark == '\\')
    at = behind_backslashes(walk.from);
  else if (filler.empty())
    return;
  else
    while (at - walk.from < kLongestSpelling && text_.substr(at).starts_with(filler)) at += filler.size();
  if (at == walk.from + 1) return;
  Escape escape(mark);
  for (auto is = Escape::Is::kOpen; at < text_.size() && at + 1 - walk.from <= kLongestSpelling; ++at) {
    is = escape.read(text_.substr(at, 1));
    if (is == Escape::Is::kWhole || is == Escape::Is::kWholeOrOpen) walk.found(at + 1, escape.means());
    if (is == Escape::Is::kWhole || is == Escape::Is::kNone) return;
  }
}

std::size_t Spellings::behind_backslashes(std::size_t place) {
  if (place < run_begin_ || place >= run_end_) {
    run_begin_ = place;
    run_end_ = std::min(text_.find_first_not_of('\\', place), text_.size());
  }
  return run_end_;
}

template <class Visit>
void Spellings::each_character(Walk& walk, std::size_t place, Visit visit) {
  if (place >= text_.size()) return;
  visit(text_.substr(place, 1), place + 1);
  if (!Escape::is_begun_by(text_[place])) return;
  if (!goes_on(place)) return;
  if (place != walk.from) walk.more = true;
  if (walk.layers == 0) return;
  for (const auto& one : read(walk.layers, place).all)
    if (place + one.length - walk.from <= kLongestSpelling) visit(one.means(), place + one.length);
}

void Spellings::go_on(Walk& walk, const Escape& escape, std::size_t place) {
  each_character(walk, place, [&](std::string_view character, std::size_t end) {
    if (++walk.steps > kMostSteps) return;
    auto next = escape;
    const auto is = next.read(character);
    if (is == Escape::Is::kWhole || is == Escape::Is::kWholeOrOpen) walk.found(end, next.means());
    if (is == Escape::Is::kOpen || is == Escape::Is::kWholeOrOpen) go_on(walk, next, end);
  });
}

}  // namespace muniment::collect
