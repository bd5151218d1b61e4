#include "sources/googleplus_names.hpp"

#include "records/made_name.hpp"

namespace muniment::sources {
namespace {

constexpr std::string_view kHost = "https://plus.google.com/";

}  // namespace

std::string googleplus_post_id(std::string_view url) {
  if (url.find("/posts/") == std::string_view::npos) return {};
  url = url.substr(0, url.find_first_of("?#"));
  while (url.ends_with('/')) url.remove_suffix(1);
  return std::string(url);
}

std::string googleplus_account_id(std::string_view page) {
  if (!page.starts_with(kHost)) return std::string(page);
  const auto number = page.substr(kHost.size());
  const bool is = !number.empty() && number.find_first_not_of("0123456789") == std::string_view::npos;
  return is ? "users/" + std::string(number) : std::string(page);
}

std::string googleplus_account_page(std::string_view id) {
  constexpr std::string_view kUser = "users/";
  return id.starts_with(kUser) ? std::string(kHost) + std::string(id.substr(kUser.size())) : std::string();
}

std::string googleplus_comment_id(const records::Interaction& comment) {
  return records::made_name(
      "comment", comment.posted,
      {comment.thread, googleplus_account_id(comment.author.url), comment.author.name, comment.text});
}

}  // namespace muniment::sources
