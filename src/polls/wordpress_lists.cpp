#include "polls/wordpress_lists.hpp"

#include <algorithm>
#include <charconv>

#include "polls/memory_lines.hpp"

namespace muniment::polls {
namespace {

constexpr std::string_view kWhole = " whole";  // behind the page that is due when there is one more

std::string line_of(std::size_t list) {
  return "list." + std::to_string(list);
}

}  // namespace

WordPressProgress::WordPressProgress(std::string_view resume, bool has_login) : has_login_(has_login) {
  const auto lines = memory_lines(resume);
  for (std::size_t i = 0; i < kWordPressListCount; ++i) {
    const auto line = lines.find(line_of(i));
    if (line == lines.end()) continue;
    auto& one = of_[i];
    one.ended_before = line->second.ends_with(kWhole);
    std::size_t due = 1;
    std::from_chars(line->second.data(), line->second.data() + line->second.size(), due);
    one.next = std::max<std::size_t>(due, 1);
    // What was deleted since moves the pages up: the one before is read again.
    one.first = std::max<std::size_t>(one.next, 2) - 1;
  }
}

std::vector<std::size_t> WordPressProgress::due() const {
  std::vector<std::size_t> out;
  for (const bool ended : {false, true})
    for (std::size_t i = 0; i < kWordPressListCount; ++i)
      if (is_asked(i) && of_[i].ended_before == ended) out.push_back(i);
  return out;
}

void WordPressProgress::came(std::size_t list, std::size_t page, const sources::Reading& reading) {
  got_further_ = got_further_ || page + 1 > of_[list].next;
  of_[list].next = std::max(of_[list].next, page + 1);
  for (const auto& item : reading.items) of_[list].came.insert(item.interaction.id);
}

void WordPressProgress::ended(std::size_t list) {
  of_[list].ends_here = true;
}

bool WordPressProgress::is_missing(const std::string& id, std::string_view kind) const {
  for (std::size_t i = 0; i < kWordPressListCount; ++i)
    if (kWordPressLists[i].kind == kind && is_asked(i) && (!is_whole(i) || of_[i].came.contains(id)))
      return false;
  return true;
}

std::string WordPressProgress::resume() const {
  MemoryLines out;
  for (std::size_t i = 0; got_further_ && i < kWordPressListCount; ++i)
    if (const auto& one = of_[i]; one.next > 1)
      out[line_of(i)] =
          std::to_string(one.next).append(one.ended_before || one.ends_here ? kWhole : std::string_view());
  return cursor_of(out);
}

}  // namespace muniment::polls
