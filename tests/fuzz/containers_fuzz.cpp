// Containers: nothing is given out under a name that leads anywhere, and never more than the limits say.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "containers/container.hpp"

using namespace muniment;  // NOLINT

namespace {

void check(bool held) {
  if (!held) std::abort();
}

class Flow : public base::ByteStream {
 public:
  explicit Flow(std::string bytes) : whole_(std::move(bytes)) {}
  Result<std::size_t> read(std::span<char> into) override { return whole_.read(into); }

 private:
  base::MemoryStream whole_;
};

void unpack(base::ByteStream& stream, std::string_view bytes) {
  containers::Limits limits;
  limits.entries = 100;
  limits.unpacked = 1U << 20;
  limits.record_bytes = 1U << 16;
  auto container = containers::open_container(stream, bytes.substr(0, 512), limits);
  if (!container) {
    check(!container.error().what.empty());
    return;
  }
  std::uint64_t given = 0;
  std::string chunk(4'096, '\0');
  for (std::size_t entries = 0;; ++entries) {
    auto entry = (*container)->next();
    if (!entry || !*entry) return;
    check(entries < limits.entries);
    const bool is_answer = !(*entry)->origin.empty();
    check((*entry)->name.empty() || is_answer || containers::fault_of_name((*entry)->name).empty());
    for (;;) {
      const auto count = (*container)->content().read(chunk);
      if (!count) return;
      if (*count == 0) break;
      given += *count;
      check(is_answer || given <= limits.unpacked);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  base::MemoryStream sought(bytes);
  unpack(sought, bytes);
  Flow flow(bytes);
  unpack(flow, bytes);
  return 0;
}
