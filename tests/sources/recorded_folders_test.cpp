// Every file that other projects recorded, whatever it is of.  They are not part of this one; without them
// the tests are skipped.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <set>

#include "support/saved_files.hpp"

namespace muniment::sources {
namespace {

using support::contents_of;
using support::fault_of;
using support::files_below;
using support::platforms_folder;

// Which docs/sources.md says are not read.
const std::set<std::string> kOfNoFormat = {"discord", "flickr", "other-swarm", "sitemap", "slack"};

// Feeds, hostile files, and exchanges, whose answers are read one by one, have tests of their own.
const std::set<std::string> kElsewhere = {"SOURCES.tsv", "feeds", "hostile", "reddit"};

struct Folder {
  std::size_t files = 0;
  std::size_t read = 0;
  std::size_t items = 0;
};

TEST(RecordedFolders, EachFileIsReadOrRefusedInWords) {
  if (!std::filesystem::exists(platforms_folder())) GTEST_SKIP() << "the recorded payloads are not here";
  SavedContext context;
  context.origin = "https://town.example/";
  std::map<std::string, Folder> folders;
  for (const auto& path : files_below(platforms_folder())) {
    const auto name = path.lexically_relative(platforms_folder()).begin()->string();
    if (kElsewhere.contains(name)) continue;
    auto& folder = folders[name];
    ++folder.files;
    const auto bytes = contents_of(path);
    const auto format = detect(bytes);
    if (!format) {
      EXPECT_FALSE(format.error().what.empty()) << path;
      continue;
    }
    const auto reading = read_saved(*format, bytes, context);
    if (!reading) {
      EXPECT_FALSE(reading.error().what.empty()) << path;
      continue;
    }
    EXPECT_EQ(fault_of(*reading, bytes), "") << path;
    folder.read += reading->items.empty() ? 0U : 1U;
    folder.items += reading->items.size();
  }
  for (const auto& [name, folder] : folders) {
    std::printf("%-14s %4zu files, %4zu with items, %5zu items\n", name.c_str(), folder.files, folder.read,
                folder.items);
    EXPECT_EQ(folder.read == 0, kOfNoFormat.contains(name)) << name;
  }
}

}  // namespace
}  // namespace muniment::sources
