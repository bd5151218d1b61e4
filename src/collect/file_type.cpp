#include "collect/file_type.hpp"

#include <magic.h>

#include <memory>

namespace muniment::collect {
namespace {

constexpr std::size_t kLookedAt = 1U << 20;
constexpr char kUnknown[] = "application/octet-stream";

struct Close {
  void operator()(magic_set* magic) const { magic_close(magic); }
};

}  // namespace

std::string file_type(std::string_view bytes) {
  const std::unique_ptr<magic_set, Close> magic(magic_open(MAGIC_MIME_TYPE));
  if (!magic || magic_load(magic.get(), nullptr) != 0) return kUnknown;
  const auto head = bytes.substr(0, kLookedAt);
  const char* type = magic_buffer(magic.get(), head.data(), head.size());
  return type == nullptr ? kUnknown : type;
}

}  // namespace muniment::collect
