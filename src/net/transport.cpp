#include "net/transport.hpp"

#include <algorithm>

#include "base/secret_text.hpp"

namespace muniment::net {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c;
}

}  // namespace

std::string_view header(const Headers& headers, std::string_view name) {
  const auto same = [&](const auto& one) {
    return std::equal(one.first.begin(), one.first.end(), name.begin(), name.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
  };
  const auto found = std::find_if(headers.begin(), headers.end(), same);
  return found == headers.end() ? std::string_view{} : std::string_view(found->second);
}

void forget(Request& request) {
  for (auto& [name, value] : request.secret_headers) base::wipe(value);
  base::wipe(request.url);
  base::wipe(request.body);
}

}  // namespace muniment::net
