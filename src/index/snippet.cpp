// Snippets.  The index holds no text, so matches are found again in the unsealed text, by the same tokenizer.
#include <algorithm>

#include "index/found.hpp"
#include "index/words.hpp"
#include "records/segments.hpp"

namespace muniment::index {
namespace {

// Of a longer text, the rest is not looked through for matches: a person sees one passage of it anyway.
constexpr std::size_t kMostRead = 64 * 1024;

std::vector<Snippet::Mark> marks_in(const std::vector<Place>& places, const std::vector<Wanted>& wanted) {
  std::vector<Snippet::Mark> marks;
  for (std::size_t at = 0; at < places.size(); ++at) {
    std::size_t longest = 0;
    for (const auto& one : wanted)
      if (one.tokens.size() > longest && matches_at(places, at, one)) longest = one.tokens.size();
    if (longest == 0) continue;
    const Snippet::Mark mark{places[at].begin, places[at + longest - 1].end};
    if (!marks.empty() && mark.begin < marks.back().end)
      marks.back().end = std::max(marks.back().end, mark.end);
    else
      marks.push_back(mark);
  }
  return marks;
}

// Where the window with the most marks begins.
std::size_t densest(const std::vector<Snippet::Mark>& marks, std::size_t most) {
  std::size_t best = 0;
  std::size_t best_count = 0;
  for (std::size_t first = 0, end = 0; first < marks.size(); ++first) {
    while (end < marks.size() && marks[end].end - marks[first].begin <= most) ++end;
    if (end - first > best_count) {
      best = marks[first].begin;
      best_count = end - first;
    }
  }
  return best;
}

}  // namespace

Result<Snippet> make_snippet(const db::Tokenizer& tokenizer, std::string_view whole,
                             const std::vector<Wanted>& wanted, std::size_t most) {
  const bool shortened = whole.size() > kMostRead;
  std::string_view text = whole.substr(0, kMostRead);
  // Not inside a character: bytes 10xxxxxx continue one.
  while (shortened && !text.empty() && (static_cast<unsigned char>(whole[text.size()]) & 0xC0) == 0x80)
    text.remove_suffix(1);
  std::vector<Place> places;
  auto cut = each_word(tokenizer, text, [&](std::string_view folded, std::size_t begin, std::size_t end) {
    places.push_back({std::string(folded), begin, end});
  });
  if (!cut) return cut.error();
  const auto marks = marks_in(places, wanted);
  Snippet snippet;
  std::size_t from = 0;
  std::size_t to = text.size();
  if (text.size() > most) {
    const std::size_t centre = densest(marks, most);
    const std::size_t lead = most / 5;
    const std::size_t aim = std::min(centre > lead ? centre - lead : 0, text.size() - most);
    auto starts = records::word_cuts(text);
    starts.insert(starts.begin(), 0);
    starts.push_back(static_cast<std::uint32_t>(text.size()));
    const auto first = std::lower_bound(starts.begin(), starts.end(), aim);
    from = *first;
    // A word longer than the window is shown whole rather than broken.
    auto last = std::upper_bound(first, starts.end(), from + most);
    to = last - first >= 2 ? *(last - 1) : (last != starts.end() ? *last : text.size());
  }
  snippet.text = text.substr(from, to - from);
  snippet.cut_before = from > 0;
  snippet.cut_after = shortened || to < text.size();
  for (const auto& mark : marks)
    if (mark.begin >= from && mark.end <= to) snippet.marks.push_back({mark.begin - from, mark.end - from});
  return snippet;
}

}  // namespace muniment::index
