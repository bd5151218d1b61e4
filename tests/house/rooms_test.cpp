// The map of the house holds: src/rooms.txt says which room may include which.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "support/source_tree.hpp"
#include "support/temp_folder.hpp"

namespace {

using muniment::support::Include;
using muniment::support::SourceFile;
using muniment::support::sources_under;

struct Map {
  std::vector<std::string> order;                    // bottom to top
  std::map<std::string, std::set<std::string>> may;  // room -> rooms it may include
};

Map read_map(const std::string& text) {
  Map map;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    const auto colon = line.find(':');
    if (line.empty() || line[0] == '#' || colon == std::string::npos) continue;
    const std::string room = line.substr(0, colon);
    map.order.push_back(room);
    std::istringstream below(line.substr(colon + 1));
    for (std::string name; below >> name;) map.may[room].insert(name);
    map.may[room].insert(room);
  }
  return map;
}

const Map& the_map() {
  static const Map map = read_map(muniment::support::contents(MUNIMENT_SOURCE_DIR "/src/rooms.txt"));
  return map;
}

std::string first_part(const std::string& path) {
  return path.substr(0, path.find('/'));
}

std::string where(const SourceFile& file, const Include& include) {
  return file.path.string() + ":" + std::to_string(include.line) + " includes " + include.name;
}

// What is wrong with one include of a file of src/; empty when nothing is.
std::string fault(const Map& map, const std::string& room, const Include& include) {
  if (!include.quoted) {
    if (include.name == "sqlite3.h" && room != "db") return "only db knows SQLite";
    if (include.name.starts_with("curl/") && room != "net") return "only net knows libcurl";
    return {};
  }
  const std::string target = first_part(include.name);
  if (target == "muniment") return {};
  if (target == "schema") {
    const std::set<std::string> readers = {"ledger", "index", "verify", "app"};
    return readers.contains(room)
               ? ""
               : "only ledger, index and app create files from schema/, and verify compares with it";
  }
  if (!map.may.contains(target)) return "no such room";
  return map.may.at(room).contains(target) ? "" : "src/rooms.txt does not let " + room + " include " + target;
}

TEST(Rooms, EachLineOfTheMapPointsOnlyDownwards) {
  std::set<std::string> below;
  for (const auto& room : the_map().order) {
    for (const auto& target : the_map().may.at(room))
      EXPECT_TRUE(target == room || below.contains(target))
          << room << " names " << target << ", which stands above it";
    EXPECT_TRUE(below.insert(room).second) << room << " is listed twice";
  }
}

TEST(Rooms, EveryIncludeObeysTheMap) {
  const auto files = sources_under("src");
  ASSERT_GT(files.size(), 10U);
  for (const auto& file : files) {
    const std::string room = first_part(file.path.lexically_relative("src").string());
    ASSERT_TRUE(the_map().may.contains(room))
        << file.path << " stands in a folder that src/rooms.txt does not name";
    for (const auto& include : file.includes) {
      const std::string wrong = fault(the_map(), room, include);
      EXPECT_TRUE(wrong.empty()) << where(file, include) << ": " << wrong;
    }
  }
}

TEST(Rooms, AFileOfBaseThatReachesForTheLedgerIsNamed) {
  EXPECT_FALSE(fault(the_map(), "base", {"ledger/entry.hpp", true, 1}).empty());
  EXPECT_FALSE(fault(the_map(), "verify", {"ledger/commitment.hpp", true, 1}).empty());
  EXPECT_FALSE(fault(the_map(), "index", {"sqlite3.h", false, 1}).empty());
  EXPECT_FALSE(fault(the_map(), "sources", {"curl/curl.h", false, 1}).empty());
  EXPECT_TRUE(fault(the_map(), "ledger", {"db/database.hpp", true, 1}).empty());
}

TEST(Rooms, HeavyLibrariesStayOutOfHeaders) {
  const std::vector<std::string> heavy = {"simdjson", "boost/",   "CLI/",   "pugixml",
                                          "gumbo",    "unicode/", "toml++", "curl/"};
  auto files = sources_under("src");
  for (auto& file : sources_under("include")) files.push_back(std::move(file));
  for (const auto& file : files) {
    if (!file.is_header()) continue;
    for (const auto& include : file.includes)
      EXPECT_TRUE(std::none_of(heavy.begin(), heavy.end(),
                               [&](const auto& name) { return include.name.starts_with(name); }))
          << where(file, include) << ": include it in the .cpp file";
  }
}

TEST(Rooms, ExportersSeeNothingButPublicHeadersAndTheirOwn) {
  const auto files = sources_under("exporters");
  ASSERT_FALSE(files.empty()) << "the exporters are not where this test looks";
  for (const auto& file : files)
    for (const auto& include : file.includes) {
      const bool own = include.quoted && include.name.find('/') == std::string::npos;
      const bool library = !include.quoted && include.name.find(".h") == std::string::npos;
      EXPECT_TRUE(own || library || include.name.starts_with("muniment/") ||
                  include.name.starts_with("boost/json"))
          << where(file, include);
    }
}

TEST(Rooms, AHeaderIsPublicIfAndOnlyIfSomebodyOutsideIncludesIt) {
  auto outside = sources_under("exporters");
  ASSERT_FALSE(outside.empty()) << "the exporters are not where this test looks";
  std::map<std::string, SourceFile> headers;
  for (auto& file : sources_under("include"))
    headers[file.path.lexically_relative("include").string()] = file;
  std::set<std::string> reached;
  for (std::size_t i = 0; i < outside.size(); ++i)
    for (const auto& include : std::vector(outside[i].includes))
      if (headers.contains(include.name) && reached.insert(include.name).second)
        outside.push_back(headers.at(include.name));
  for (const auto& [name, header] : headers)
    EXPECT_TRUE(reached.contains(name))
        << "include/" << name << " is used by no exporter: it belongs in src/";
}

}  // namespace
