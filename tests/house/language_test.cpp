// House style that a machine can check.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <regex>

#include "support/source_tree.hpp"
#include "support/temp_folder.hpp"

namespace {

namespace fs = std::filesystem;
using muniment::support::SourceFile;
using muniment::support::sources_under;

std::vector<SourceFile> all_sources() {
  std::vector<SourceFile> all;
  for (const auto* folder : {"include", "src", "exporters", "tests"})
    for (auto& file : sources_under(folder)) all.push_back(std::move(file));
  return all;
}

bool is_product(const SourceFile& file) {
  return !file.path.string().starts_with("tests/");
}

bool stands_alone(const std::string& text, std::size_t at, std::size_t length) {
  const auto is_letter = [&](std::size_t i) {
    return i < text.size() && (std::isalnum(static_cast<unsigned char>(text[i])) != 0 || text[i] == '_');
  };
  return !(at > 0 && is_letter(at - 1)) && !is_letter(at + length);
}

TEST(Language, NothingIsLeftForLater) {
  for (const auto& mark : {std::string("TO") + "DO", std::string("FIX") + "ME", std::string("XX") + "X",
                           std::string("HA") + "CK"})
    for (const auto& file : all_sources())
      for (auto at = file.text.find(mark); at != std::string::npos; at = file.text.find(mark, at + 1))
        EXPECT_FALSE(stands_alone(file.text, at, mark.size())) << file.path << " says " << mark;
}

TEST(Language, SourcesAreShortEnoughToBeOneJob) {
  for (const auto& file : all_sources()) {
    if (!is_product(file)) continue;
    EXPECT_LE(file.lines, file.is_header() ? 150U : 500U) << file.path << " is more than one job";
  }
}

TEST(Language, FilesAreNamedForTheirJob) {
  const std::regex shape("[a-z][a-z0-9_]*\\.(cpp|hpp)");
  const std::regex empty_word("(^|_)(util|utils|helper|helpers|manager|handler|common|misc)(_|\\.)");
  for (const auto& file : all_sources()) {
    const std::string name = file.path.filename().string();
    EXPECT_TRUE(std::regex_match(name, shape)) << file.path;
    EXPECT_FALSE(std::regex_search(name, empty_word)) << file.path << " does not say what it does";
  }
}

TEST(Language, EveryHeaderIsReadOnce) {
  for (const auto& file : all_sources())
    if (file.is_header()) {
      EXPECT_NE(file.text.find("#pragma once"), std::string::npos) << file.path;
    }
}

TEST(Language, EveryRoomIsItsNamespace) {
  for (const auto& file : sources_under("src")) {
    const std::string name = file.path.filename().string();
    if (name.starts_with("main")) continue;
    const std::string room = file.path.parent_path().filename().string();
    EXPECT_NE(file.text.find("muniment::" + room), std::string::npos)
        << file.path << " is not in namespace muniment::" << room;
  }
}

TEST(Language, HeadersBringNoWholeNamespaceWithThem) {
  for (const auto& file : all_sources())
    if (file.is_header()) {
      EXPECT_EQ(file.text.find("using namespace"), std::string::npos) << file.path;
    }
}

TEST(Language, EveryTestStandsWhereTheBuildFindsIt) {
  for (const auto& file : sources_under("tests")) {
    if (!file.path.string().ends_with("_test.cpp")) continue;
    EXPECT_EQ(std::distance(file.path.begin(), file.path.end()), 3)
        << file.path << " must stand in tests/ROOM/";
  }
}

TEST(Language, EveryTestNameIsASentenceInOneWord) {
  const std::regex heading("TEST(_F|_P)?\\(\\s*([A-Za-z0-9_]+)\\s*,\\s*([A-Za-z0-9_]+)\\s*\\)");
  for (const auto& file : sources_under("tests"))
    for (auto at = std::sregex_iterator(file.text.begin(), file.text.end(), heading);
         at != std::sregex_iterator(); ++at) {
      const std::string name = (*at)[3];
      const auto capitals =
          std::count_if(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
      EXPECT_GE(capitals, 2) << file.path << ": " << name << " does not say what must hold";
    }
}

// A build with MUNIMENT_PCH gives every test both frameworks; the others do not.
TEST(Language, EveryTestIncludesTheFrameworkItUses) {
  for (const auto& file : sources_under("tests")) {
    if (!file.path.string().ends_with("_test.cpp") || file.path.string().starts_with("tests/house/"))
      continue;
    const bool gmock = file.text.find("#include <gmock/gmock.h>") != std::string::npos;
    EXPECT_TRUE(gmock || file.text.find("#include <gtest/gtest.h>") != std::string::npos) << file.path;
    const bool matches = file.text.find("EXPECT_THAT") != std::string::npos ||
                         file.text.find("ASSERT_THAT") != std::string::npos;
    EXPECT_TRUE(gmock || !matches) << file.path;
  }
}

TEST(Language, SchemasExplainEveryTable) {
  for (const auto& entry : fs::directory_iterator(MUNIMENT_SOURCE_DIR "/schema")) {
    if (entry.path().extension() != ".sql") continue;
    const std::string text = muniment::support::contents(entry.path());
    const std::regex table("\n([^\n]*)\nCREATE (VIRTUAL )?TABLE (IF NOT EXISTS )?([a-z_]+)");
    for (auto at = std::sregex_iterator(text.begin(), text.end(), table); at != std::sregex_iterator(); ++at)
      EXPECT_TRUE((*at)[1].str().starts_with("--"))
          << entry.path() << ": table " << (*at)[4] << " has no sentence before it";
  }
}

}  // namespace
