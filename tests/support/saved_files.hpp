// Reading saved files in tests, and the payloads that other projects recorded.
#pragma once

#include <boost/json.hpp>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "sources/saved.hpp"

namespace muniment::support {

std::filesystem::path platforms_folder();
std::string contents_of(const std::filesystem::path& path);
// All files below, sorted; none when the folder is absent.
std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder,
                                               std::string_view extension = {});

// A file that another project recorded, below platforms_folder().
struct RecordedJson {
  std::filesystem::path path;
  std::string bytes;
  boost::json::value tree;
};
// Those below that are named .json and are JSON, sorted; none when the folder is absent.
std::vector<RecordedJson> recorded_json(std::string_view folder);

// Detects and reads; on failure a reading whose only remark is "ERROR: …".
sources::Reading read_file_of(std::string_view expected_format, std::string_view bytes,
                              const sources::SavedContext& context = {});
// The only item of such a file; an interaction with nothing in it when there is not exactly one.
records::Interaction only_item(std::string_view expected_format, std::string_view bytes,
                               const sources::SavedContext& context = {});

// What must hold for any reading: names, UTF-8, slices in order within the bytes.  Empty: all does.
std::string fault_of(const sources::Reading& reading, std::string_view bytes);

}  // namespace muniment::support
