#include "sources/googleplus_retold.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace muniment::sources {
namespace {

using records::Interaction;

// Whole lines of it.
bool begins(std::string_view text, std::string_view longer) {
  return longer.starts_with(text) &&
         (text.empty() || longer.size() == text.size() || longer[text.size()] == '\n');
}

bool agree(const std::string& one, const std::string& other) {
  return one.empty() || other.empty() || one == other;
}

bool is_one(const Interaction& a, const Interaction& b) {
  return a.id == b.id && a.type == b.type && a.posted == b.posted && a.edited == b.edited &&
         a.author.name == b.author.name && agree(a.summary, b.summary) &&
         (begins(a.text, b.text) || begins(b.text, a.text));
}

bool is_file(const records::Media& media) {
  return media.url.find("://") == std::string::npos;
}

auto fullness(const Interaction& item) {
  const auto files = std::ranges::count_if(item.media, is_file);
  std::size_t fields =
      item.links.size() + (item.summary.empty() ? 0U : 1U) + (item.quote_of.empty() ? 0U : 1U);
  for (const auto& media : item.media) fields += media.alt.empty() ? 0U : 1U;
  return std::tuple(item.text.size(), item.media.size(), files, fields);
}

}  // namespace

Retold googleplus_retold(const Interaction& item, const Interaction& held) {
  if (!is_one(item, held)) return Retold::kNo;
  const auto told = fullness(item), before = fullness(held);
  return told < before ? Retold::kLess : told == before ? Retold::kSame : Retold::kMore;
}

}  // namespace muniment::sources
