// Each file of the product names what it uses of the standard library, itself or through the project's own
// headers that it includes.  Builds that read such headers for all files at once (cmake/Precompiled.cmake)
// would not notice: this does.
#include <gtest/gtest.h>

#include <cctype>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "support/source_tree.hpp"
#include "support/temp_folder.hpp"

namespace {

using muniment::support::SourceFile;
using muniment::support::sources_under;

// What each header is known by here.  Of names that several headers give, the one that is for them.
const std::map<std::string, std::string>& names_of_headers() {
  static const std::map<std::string, std::string> names = {
      {"algorithm",
       "sort stable_sort partial_sort nth_element is_sorted find find_if find_if_not find_first_of search "
       "adjacent_find any_of all_of none_of count count_if for_each copy copy_n copy_if transform remove_if "
       "unique reverse rotate fill fill_n min max minmax clamp min_element max_element lower_bound "
       "upper_bound "
       "equal_range binary_search partition partition_point stable_partition set_difference set_intersection "
       "mismatch equal lexicographical_compare generate contains move_backward"},
      {"chrono", "chrono"},
      {"cstdint",
       "int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t uintptr_t intmax_t uintmax_t"},
      {"filesystem", "filesystem"},
      {"functional", "function invoke bind_front reference_wrapper not_fn"},
      {"map", "map multimap"},
      {"memory", "unique_ptr shared_ptr weak_ptr make_unique make_shared enable_shared_from_this addressof"},
      {"optional", "optional nullopt make_optional"},
      {"set", "set multiset"},
      {"span", "span as_bytes as_writable_bytes"},
      {"string", "string to_string stoi stol stoul stoull getline basic_string"},
      {"string_view", "string_view"},
      {"unordered_map", "unordered_map unordered_multimap"},
      {"variant", "variant visit holds_alternative get_if monostate"},
      {"vector", "vector"},
  };
  return names;
}

std::map<std::string, std::string> headers_of_names() {
  std::map<std::string, std::string> out;
  for (const auto& [header, names] : names_of_headers()) {
    std::istringstream in(names);
    for (std::string name; in >> name;) out[name] = header;
  }
  return out;
}

std::string identifier_at(const std::string& text, std::size_t at) {
  auto end = at;
  while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_'))
    ++end;
  return text.substr(at, end - at);
}

// The headers whose names stand behind std:: or std::ranges:: in it, each with one of these names.
std::map<std::string, std::string> used_in(const std::string& text) {
  static const auto headers = headers_of_names();
  constexpr std::string_view kStd = "std::";
  constexpr std::string_view kRanges = "ranges::";
  std::map<std::string, std::string> out;
  for (auto at = text.find(kStd); at != std::string::npos; at = text.find(kStd, at + 1)) {
    auto name = at + kStd.size();
    if (text.compare(name, kRanges.size(), kRanges) == 0) name += kRanges.size();
    const auto found = headers.find(identifier_at(text, name));
    if (found != headers.end()) out.try_emplace(found->second, found->first);
  }
  return out;
}

using Files = std::map<std::string, SourceFile>;  // by the name that others include them by

Files product() {
  Files out;
  for (const std::string folder : {"src", "include", "exporters"})
    for (auto& file : sources_under(folder)) {
      const auto path = file.path.string();
      const auto name = folder == "exporters" ? path : path.substr(folder.size() + 1);
      out.emplace(name, std::move(file));
    }
  return out;
}

void reach(const Files& files, const SourceFile& from, std::set<std::string>& seen,
           std::set<std::string>& headers) {
  for (const auto& include : from.includes) {
    if (!include.quoted) {
      headers.insert(include.name);
      continue;
    }
    const auto found = files.find(include.name);
    if (found != files.end() && seen.insert(include.name).second) reach(files, found->second, seen, headers);
  }
}

TEST(Includes, NameWhatIsUsed) {
  const auto files = product();
  ASSERT_GT(files.size(), 100U);
  for (const auto& [name, file] : files) {
    std::set<std::string> seen, headers;
    reach(files, file, seen, headers);
    for (const auto& [header, used] : used_in(file.text))
      EXPECT_TRUE(headers.contains(header))
          << file.path.string() << " uses std::" << used << " and includes no <" << header << ">";
  }
}

TEST(Includes, OfEveryHeaderReadForAllAtOnceAreWatched) {
  const auto list = muniment::support::contents(MUNIMENT_SOURCE_DIR "/cmake/Precompiled.cmake");
  const std::regex bracketed("<([a-z_]+)>");
  std::size_t count = 0;
  for (std::sregex_iterator at(list.begin(), list.end(), bracketed), end; at != end; ++at, ++count)
    EXPECT_TRUE(names_of_headers().contains((*at)[1])) << (*at)[1];
  EXPECT_GT(count, 5U);
}

}  // namespace
