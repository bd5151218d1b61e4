#include "sources/made_name.hpp"

#include "base/sha256.hpp"

namespace muniment::sources {

std::string made_name(std::string_view kind, std::string_view when,
                      std::initializer_list<std::string_view> parts) {
  std::string whole;
  for (const auto part : parts) whole.append(std::to_string(part.size())).append(":").append(part);
  std::string out(kind);
  if (!when.empty()) out.append("/").append(when);
  return out.append("/").append(base::to_hex(base::sha256(whole)).substr(0, 16));
}

}  // namespace muniment::sources
