#include "polls/x_address.hpp"

#include <algorithm>

#include "sources/url.hpp"

namespace muniment::polls {
namespace {

using sources::parameter;
using sources::path_of;
using sources::root_of;
using sources::server_of;

bool is_account_name(std::string_view name) {
  return !name.empty() && name.size() <= 50 && std::ranges::all_of(name, [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

}  // namespace

Result<XTarget> x_target(std::string_view url) {
  constexpr std::string_view kUsers = "/2/users/by/username/";
  const auto server = server_of(url);
  const bool is_site = server == "x.com" || server == "www.x.com" || server == "twitter.com";
  const auto path = path_of(url);
  XTarget out;
  auto& [root, name, query] = out;
  root = is_site ? "https://api.x.com" : root_of(url);
  if (is_site && path == "/search") {
    query = parameter(url, "q");
  } else if (is_site && path.starts_with("/hashtag/")) {
    query = "#" + std::string(path.substr(9));
  } else if (is_site) {
    name = path.substr(1);
    while (name.ends_with('/')) name.pop_back();
  } else if (path.starts_with(kUsers)) {
    name = path.substr(kUsers.size());
  } else if (path == "/2/tweets/search/recent") {
    query = parameter(url, "query");
  }
  if (query.empty() && !is_account_name(name))
    return Error{Code::kInvalid, "the address names no account, tag or search of X",
                 "Give it as https://x.com/NAME, https://x.com/hashtag/TAG or https://x.com/search?q=QUERY."};
  return out;
}

}  // namespace muniment::polls
