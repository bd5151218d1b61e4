#include "net/proxy.hpp"

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace muniment::net {
namespace {

std::string first_set(const Environment& environment, std::initializer_list<const char*> names) {
  for (const char* name : names)
    if (auto value = environment(name); !value.empty()) return value;
  return {};
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool exempt(std::string_view host, std::string_view list) {
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    auto entry = trimmed(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
    if (entry == "*") return true;
    while (entry.starts_with('.')) entry.remove_prefix(1);
    if (entry.empty()) continue;
    if (host == entry) return true;
    if (host.ends_with(entry) && host[host.size() - entry.size() - 1] == '.') return true;
  }
  return false;
}

}  // namespace

std::string proxy_for(const Url& url, const Environment& environment) {
  if (names_this_machine(url)) return {};
  if (exempt(url.host, first_set(environment, {"no_proxy", "NO_PROXY"}))) return {};
  auto proxy = url.scheme == "https" ? first_set(environment, {"https_proxy", "HTTPS_PROXY"})
                                     : first_set(environment, {"http_proxy"});
  return proxy.empty() ? first_set(environment, {"all_proxy", "ALL_PROXY"}) : proxy;
}

Environment process_environment() {
  return [](const char* name) -> std::string {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
  };
}

}  // namespace muniment::net
