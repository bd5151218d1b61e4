// Saved files of every format: whatever is read has a name, stays UTF-8 and lies where it is said to lie;
// records are the same however the file comes; what is private can be taken out again.
#include <cstdint>
#include <cstdlib>
#include <numeric>
#include <string>
#include <string_view>

#include "sources/cut.hpp"
#include "sources/withhold.hpp"
#include "support/saved_files.hpp"

using namespace muniment;  // NOLINT

namespace {

constexpr std::size_t kReadByAll = 256;  // bytes; what is longer, by one format that it need not be of

void check(bool held) {
  if (!held) std::abort();
}

void read(sources::Format format, std::string_view file) {
  sources::SavedContext context;
  context.origin = "https://town.example/";
  auto reading = sources::read_saved(format, file, context);
  if (!reading) {
    check(!reading.error().what.empty() && reading.error().code == Code::kInvalid);
    return;
  }
  check(support::fault_of(*reading, file).empty());
  for (const auto& item : reading->items) records::version_content(item.interaction);
  std::string bytes(file);
  if (sources::withhold_private(bytes, *reading)) {
    check(support::fault_of(*reading, bytes).empty());
    for (const auto& item : reading->items) check(item.why_private.empty());
  }
}

void cut(sources::Format format, std::string_view file) {
  const auto whole = sources::cut_whole(*format, file);
  const auto cutter = sources::new_cutter(*format);
  std::vector<sources::Slice> records;
  for (std::size_t end = 0; end < file.size(); end += 7) cutter->look(file.substr(0, end), false, records);
  cutter->look(file, true, records);
  check(records.size() == whole.size());
  for (std::size_t i = 0; i < whole.size(); ++i)
    check(records[i].offset == whole[i].offset && records[i].length == whole[i].length &&
          whole[i].offset + whole[i].length <= file.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view file(reinterpret_cast<const char*>(data), size);
  sources::SavedContext context;
  sources::learn(file, context);
  if (const auto format = sources::detect(file)) {
    read(*format, file);
    cut(*format, file);
  } else {
    check(!format.error().what.empty());
  }
  const auto formats = sources::formats();
  const auto first = size <= kReadByAll ? 0 : std::accumulate(data, data + size, size) % formats.size();
  for (const auto format : formats.subspan(first, size <= kReadByAll ? formats.size() : 1)) {
    read(format, file);
    cut(format, file);
  }
  std::string bytes(file);
  sources::mask_credentials(bytes);
  check(bytes.size() == file.size());
  return 0;
}
