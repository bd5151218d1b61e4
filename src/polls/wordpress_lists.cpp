#include "polls/wordpress_lists.hpp"

#include <algorithm>
#include <charconv>

#include "polls/memory_lines.hpp"
#include "sources/url.hpp"

namespace muniment::polls {
namespace {

constexpr std::string_view kWhole = " whole";  // behind the page that is due when there is one more

// A site that was given another name is the same site.
std::string without_www(std::string_view id) {
  return std::string(id.starts_with("www.") ? id.substr(4) : id);
}

std::string line_of(std::size_t list) {
  return "list." + std::to_string(list);
}

std::size_t number_in(const std::string& header) {
  std::size_t number = 0;
  std::from_chars(header.data(), header.data() + header.size(), number);
  return number;
}

}  // namespace

bool names_next_page(const sources::Answer& answer, std::size_t page) {
  return !sources::next_link(answer.link).empty() || number_in(answer.total_pages) > page ||
         number_in(answer.total) > page * kWordPressPageSize;
}

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

std::size_t WordPressProgress::came(std::size_t list, std::size_t page, const sources::Reading& reading,
                                    const std::string& announced) {
  auto& one = of_[list];
  const auto before_it = number_in(one.announced), now = number_in(announced);
  got_further_ = got_further_ || page + 1 > one.next;
  one.next = std::max(one.next, page + 1);
  one.announced = announced;
  one.empty = reading.items.empty() ? one.empty + 1 : 0;
  const auto before = one.came.size();
  came_again(list, reading);
  one.is_repeated = one.came.size() == before;
  return now != 0 && now < before_it ? before_it - now : 0;
}

void WordPressProgress::came_again(std::size_t list, const sources::Reading& reading) {
  for (const auto& item : reading.items) of_[list].came.insert(without_www(item.interaction.id));
}

void WordPressProgress::ended(std::size_t list) {
  of_[list].ends_here = true;
}

std::string WordPressProgress::shortfall(std::size_t list) const {
  const auto& one = of_[list];
  const auto listed = std::to_string(one.came.size());
  const auto& announced = one.announced;
  if (!is_whole(list) || announced.empty() || announced == listed || announced.size() > 12) return {};
  return "the site announced " + announced + " " + std::string(kWordPressLists[list].route) + " and listed " +
         listed;
}

bool WordPressProgress::is_missing(const std::string& id, std::string_view kind) const {
  for (std::size_t i = 0; i < kWordPressListCount; ++i)
    if (kWordPressLists[i].kind == kind && is_asked(i) &&
        (!is_whole(i) || of_[i].came.contains(without_www(id))))
      return false;
  return true;
}

std::string WordPressProgress::resume() const {
  MemoryLines out;
  bool are_whole = true;
  for (std::size_t i = 0; i < kWordPressListCount; ++i)
    are_whole = are_whole && (!is_asked(i) || is_whole(i));
  if (are_whole) return {};
  for (std::size_t i = 0; got_further_ && i < kWordPressListCount; ++i)
    if (const auto& one = of_[i]; one.next > 1)
      out[line_of(i)] =
          std::to_string(one.next).append(one.ended_before || one.ends_here ? kWhole : std::string_view());
  return cursor_of(out);
}

}  // namespace muniment::polls
