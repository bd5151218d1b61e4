#include "support/saved_files.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/time.hpp"
#include "base/utf8.hpp"

namespace muniment::support {
namespace fs = std::filesystem;

fs::path platforms_folder() {
  return fs::path(MUNIMENT_SHARED_DIR) / "data" / "platforms";
}

std::string contents_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<fs::path> files_below(const fs::path& folder, std::string_view extension) {
  std::vector<fs::path> out;
  if (!fs::exists(folder)) return out;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && (extension.empty() || entry.path().extension() == extension))
      out.push_back(entry.path());
  std::ranges::sort(out);
  return out;
}

std::vector<RecordedJson> recorded_json(std::string_view folder) {
  boost::json::parse_options deep;
  deep.max_depth = 256;
  std::vector<RecordedJson> out;
  for (const auto& path : files_below(platforms_folder() / folder, ".json")) {
    auto bytes = contents_of(path);
    boost::json::error_code fault;
    auto tree = boost::json::parse(bytes, fault, {}, deep);
    if (!fault) out.push_back({path, std::move(bytes), std::move(tree)});
  }
  return out;
}

sources::Reading read_file_of(std::string_view expected_format, std::string_view bytes,
                              const sources::SavedContext& context) {
  sources::Reading failed;
  const auto format = sources::detect(bytes);
  if (!format || sources::format_name(*format) != expected_format) {
    failed.remarks.push_back("ERROR: " + (format ? "found to be " + std::string(sources::format_name(*format))
                                                 : format.error().what));
    return failed;
  }
  auto reading = sources::read_saved(*format, bytes, context);
  if (reading) return *std::move(reading);
  failed.remarks.push_back("ERROR: " + reading.error().what);
  return failed;
}

records::Interaction only_item(std::string_view expected_format, std::string_view bytes,
                               const sources::SavedContext& context) {
  const auto reading = read_file_of(expected_format, bytes, context);
  return reading.items.size() == 1 ? reading.items[0].interaction : records::Interaction();
}

namespace {

bool is_time(const std::string& text) {
  return text.empty() || base::from_leaf_time(text).has_value();
}

std::string fault_of(const records::Interaction& it) {
  if (it.platform.empty() || it.type.empty()) return "without a platform or a type";
  if (it.id.empty()) return "without a name";
  if (!is_time(it.posted) || !is_time(it.edited)) return "a time that is not ours: " + it.posted + it.edited;
  for (const auto& text : {it.id, it.text, it.summary, it.author.id, it.author.name, it.author.handle, it.url,
                           it.thread, it.reply_to, it.lang, it.visibility})
    if (!base::is_utf8(text)) return "not UTF-8";
  for (const auto* list : {&it.mentions, &it.tags, &it.links})
    for (const auto& text : *list)
      if (text.empty() || !base::is_utf8(text)) return "an empty entry of a list, or one that is not UTF-8";
  return {};
}

}  // namespace

std::string fault_of(const sources::Reading& reading, std::string_view bytes) {
  std::vector<std::size_t> open = {bytes.size()};  // where slices around the next one end
  std::size_t before = 0;
  for (const auto& item : reading.items) {
    if (auto fault = fault_of(item.interaction); !fault.empty()) return item.interaction.id + ": " + fault;
    if (item.length == 0) continue;
    if (item.offset < before) return item.interaction.id + ": slices are not in order";
    before = item.offset;
    while (open.size() > 1 && open.back() <= item.offset) open.pop_back();
    if (item.offset + item.length > open.back()) return item.interaction.id + ": slices overlap";
    open.push_back(item.offset + item.length);
  }
  return {};
}

}  // namespace muniment::support
