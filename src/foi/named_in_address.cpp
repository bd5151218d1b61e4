#include "foi/named_in_address.hpp"

#include <algorithm>
#include <iterator>

namespace muniment::foi {
namespace {

constexpr std::size_t kShortestToken = 5;
constexpr std::size_t kLongestToken = 64;
constexpr std::size_t kShortestName = 3;

bool is_small(char c) {
  return c >= 'a' && c <= 'z';
}

bool is_big(char c) {
  return c >= 'A' && c <= 'Z';
}

bool is_of_token(char c) {
  return is_small(c) || is_big(c) || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

bool is_token(std::string_view part) {
  return part.size() >= kShortestToken && part.size() <= kLongestToken &&
         std::ranges::all_of(part, is_of_token);
}

// No word is written so.
bool is_mixed(std::string_view part) {
  for (std::size_t i = 1; i < part.size(); ++i)
    if (is_big(part[i]) && is_small(part[i - 1])) return true;
  return false;
}

// "t3_abcdef": Reddit's full name of a post or a comment.
bool is_full_name(std::string_view part) {
  return part.size() > 3 && part[0] == 't' && part[1] >= '1' && part[1] <= '6' && part[2] == '_';
}

bool is_of(std::string_view host, std::string_view domain) {
  return host == domain || (host.ends_with(domain) && host[host.size() - domain.size() - 1] == '.');
}

std::string_view path_of(std::string_view address) {
  const auto mark = address.find("://");
  if (mark == std::string_view::npos) return address;
  return address.substr(std::min(address.find_first_of("/?#", mark + 3), address.size()));
}

// What stands between these marks.
std::vector<std::string_view> parts_of_path(std::string_view path, std::string_view marks) {
  std::vector<std::string_view> out;
  while (!path.empty()) {
    const auto end = std::min(path.find_first_of(marks), path.size());
    if (end > 0) out.push_back(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return out;
}

bool is_reddit_token(std::string_view host, const std::vector<std::string_view>& parts, std::size_t i) {
  if (is_of(host, "redd.it")) return i == 0;
  return is_of(host, "reddit.com") && i > 0 && parts[i - 1] == "comments";
}

// The first part of their paths is the name of an account.
constexpr std::string_view kNameFirst[] = {
    "facebook.com", "fb.com",    "flickr.com",  "github.com",  "gitlab.com",    "instagram.com",
    "ko-fi.com",    "linktr.ee", "medium.com",  "patreon.com", "pinterest.com", "soundcloud.com",
    "t.me",         "twitch.tv", "twitter.com", "vimeo.com",   "vk.com",        "x.com"};

// The first part of their names is.
constexpr std::string_view kNameInHost[] = {"blogspot.com", "github.io",  "livejournal.com", "medium.com",
                                            "substack.com", "tumblr.com", "wordpress.com"};

// After one of these a name stands, on any host.
constexpr std::string_view kBeforeName[] = {"author",  "authors",  "in", "member", "members", "people",
                                            "profile", "profiles", "u",  "user",   "users"};

constexpr std::string_view kNoNames[] = {"channel", "groups",      "home",   "i",    "intent",
                                         "pages",   "profile.php", "search", "share"};

template <std::size_t kSize>
bool holds(const std::string_view (&list)[kSize], std::string_view one) {
  return std::ranges::find(list, one) != std::end(list);
}

std::string_view label_in_host(std::string_view host) {
  for (const auto domain : kNameInHost)
    if (is_of(host, domain) && host != domain) return host.substr(0, host.find('.'));
  return {};
}

}  // namespace

std::vector<std::string> item_tokens(std::string_view address) {
  std::vector<std::string> out;
  const auto host = bare_host(address);
  const auto parts = parts_of_path(path_of(address), "/?#&=:");
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto part = is_full_name(parts[i]) ? parts[i].substr(3) : parts[i];
    if (!is_token(part)) continue;
    if (is_mixed(part) || part.size() < parts[i].size() || is_reddit_token(host, parts, i))
      out.emplace_back(part);
  }
  return out;
}

std::string account_of_address(std::string_view address) {
  const auto host = bare_host(address);
  if (const auto label = label_in_host(host); label.size() >= kShortestName) return std::string(label);
  const auto parts = parts_of_path(path_of(address), "/?#&=");
  for (std::size_t i = 1; i < parts.size(); ++i)
    if (holds(kBeforeName, parts[i - 1]) && parts[i].size() >= kShortestName && parts[i][0] != '@')
      return std::string(parts[i]);
  const bool first =
      std::ranges::any_of(kNameFirst, [&](std::string_view domain) { return is_of(host, domain); });
  if (!first || parts.empty() || parts[0].size() < kShortestName || parts[0][0] == '@' ||
      holds(kNoNames, parts[0]) || holds(kBeforeName, parts[0]))
    return {};
  return std::string(parts[0]);
}

std::string_view bare_host(std::string_view address) {
  const auto mark = address.find("://");
  if (mark == std::string_view::npos) return {};
  address.remove_prefix(mark + 3);
  address = address.substr(0, address.find_first_of("/?#"));
  if (const auto at = address.rfind('@'); at != std::string_view::npos) address.remove_prefix(at + 1);
  address = address.substr(0, address.find(':'));
  constexpr std::string_view kWww = "www.";
  if (address.starts_with(kWww)) address.remove_prefix(kWww.size());
  return address;
}

bool is_everybodys_host(std::string_view host) {
  constexpr std::string_view kMany[] = {
      "aol.com",        "bsky.app",     "bsky.social",     "btinternet.com", "gmail.com",   "gmx.de",
      "gmx.net",        "google.com",   "googlemail.com",  "hotmail.co.uk",  "hotmail.com", "icloud.com",
      "linkedin.com",   "live.com",     "mastodon.social", "me.com",         "outlook.com", "proton.me",
      "protonmail.com", "reddit.com",   "sky.com",         "threads.net",    "tiktok.com",  "virginmedia.com",
      "web.de",         "whatsapp.net", "yahoo.co.uk",     "yahoo.com",      "youtu.be",    "youtube.com"};
  const auto in = [&](std::string_view domain) { return is_of(host, domain); };
  return std::ranges::any_of(kMany, in) || std::ranges::any_of(kNameFirst, in) ||
         std::ranges::any_of(kNameInHost, in);
}

}  // namespace muniment::foi
