#include "polls/mastodon_address.hpp"

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "sources/url.hpp"

namespace muniment::polls {
namespace {

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    path.remove_prefix(1);
    const auto part = path.substr(0, path.find('/'));
    if (!part.empty()) parts.push_back(part);
    path.remove_prefix(part.size());
  }
  return parts;
}

std::string with_limit(std::string_view url) {
  return sources::parameter(url, "limit").empty() ? sources::with_parameter(url, "limit", "40")
                                                  : std::string(url);
}

}  // namespace

Result<MastodonTarget> mastodon_target(std::string_view url) {
  const auto parts = parts_of(sources::path_of(url));
  const auto is = [&](std::initializer_list<std::string_view> names, std::size_t size) {
    return parts.size() == size && std::equal(names.begin(), names.end(), parts.begin());
  };
  MastodonTarget out;
  out.root = sources::root_of(url);
  if (parts.size() == 1 && parts[0].size() > 1 && parts[0].front() == '@')
    out.lookup = parts[0].substr(1);
  else if (is({"users"}, 2))
    out.lookup = parts[1];
  else if (is({"tags"}, 2))
    out.list = out.root + "/api/v1/timelines/tag/" + std::string(parts[1]) + "?limit=40";
  else if (is({"api", "v1", "timelines", "tag"}, 5) ||
           (is({"api", "v1", "accounts"}, 5) && parts[4] == "statuses"))
    out.list = with_limit(url);
  if (out.root.empty() || (out.lookup.empty() && out.list.empty()))
    return Error{Code::kInvalid, "the address names no Mastodon account and no tag",
                 "Give it as https://SERVER/@NAME or https://SERVER/tags/TAG."};
  out.is_tag = !out.list.empty() && parts[parts.size() - 2] == "tag";
  if (parts[0] == "tags") out.is_tag = true;
  if (!out.lookup.empty()) out.lookup = out.root + "/api/v1/accounts/lookup?acct=" + out.lookup;
  return out;
}

}  // namespace muniment::polls
