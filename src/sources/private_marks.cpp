#include "sources/private_marks.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <string>

#include "base/utf8.hpp"
#include "sources/private_shapes.hpp"

namespace muniment::sources {
namespace {

constexpr std::string_view kChat = "a message in a private chat";

constexpr std::size_t kHeaderBytes = 64U << 10;
constexpr std::size_t kLinesLookedAt = 40;
constexpr std::size_t kDateCodePoints = 24;

bool has(std::string_view text, std::string_view words) {
  return text.find(words) != std::string_view::npos;
}

// Of an X archive all but posts: the account, its addresses, its circle.
bool is_personal_part(std::string_view text) {
  constexpr std::string_view kVariable = "window.YTD.";
  const auto at = text.substr(0, kHeaderBytes).find(kVariable);
  if (at == std::string_view::npos) return false;
  const auto name = text.substr(at + kVariable.size());
  constexpr std::string_view kPosts[] = {"tweet", "note_tweet", "community_tweet", "deleted_tweet"};
  return std::ranges::none_of(kPosts, [&](auto posts) { return name.starts_with(posts); });
}

// As telephones' programs save them, in XML.
bool is_text_messages(std::string_view head) {
  return has(head, "<smses") || ((has(head, "<sms ") || has(head, "<mms ")) && has(head, " address="));
}

// A page of Google+ out of Takeout that does not say that everybody may see it (googleplus_page.cpp).
bool is_closed_google_plus(std::string_view text) {
  return has(text, "href=\"https://plus.google.com/") && has(text, "class=\"main-content\"") &&
         !has(text, "Shared with: Public");
}

bool is_mail(std::string_view text) {
  std::string head(text.substr(0, kHeaderBytes));
  std::ranges::transform(head, head.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c; });
  head.insert(head.begin(), '\n');
  const bool sent = has(head, "\nmessage-id:") || has(head, "\nreceived:") || has(head, "\ndate:");
  return sent && has(head, "\nfrom:") && (has(head, "\nto:") || has(head, "\nsubject:"));
}

// A date in any digits at its beginning, and behind it somebody who says something.
bool is_said(std::string_view line) {
  std::size_t at = 0, digits = 0, separators = 0;
  for (std::size_t n = 0; n < kDateCodePoints && at < line.size(); ++n) {
    const char32_t c = base::next_code_point(line, at);
    if (u_isdigit(static_cast<UChar32>(c)) != 0)
      ++digits;
    else if (c == '/' || c == '.' || c == '-' || c == 0x5E74 || c == 0x6708)  // year, month in Han
      ++separators;
    else if (digits == 0 && c != '[' && c != 0x200E && c != 0x200F && c != 0xFEFF)
      return false;
    if (separators >= 2 && digits >= 4) return has(line.substr(at), ": ");
  }
  return false;
}

bool is_chat(std::string_view text) {
  std::size_t lines = 0, said = 0;
  for (; !text.empty() && lines < kLinesLookedAt; ++lines) {
    const auto line = text.substr(0, text.find('\n'));
    if (is_said(line)) ++said;
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return said >= 2 || (said == 1 && lines == 1);
}

// UTF-16 of Western text, read without its zeros, is near enough.
std::string without_zeros(std::string_view bytes) {
  std::string out;
  std::ranges::remove_copy(bytes, std::back_inserter(out), '\0');
  return out;
}

}  // namespace

std::string_view marked_private(std::string_view bytes) {
  std::string narrow;
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") || has(bytes.substr(0, 4), {"\0", 1})) {
    narrow = without_zeros(bytes);
    bytes = narrow;
  }
  if (const auto why = private_shape_in(bytes); !why.empty()) return why;
  if (has(bytes, "www.w3.org/ns/activitystreams") && !has(bytes, "#Public\"") && !has(bytes, "\"as:Public\""))
    return "a post for chosen people only";
  if (is_closed_google_plus(bytes)) return "a post for chosen people only";
  if (is_personal_part(bytes)) return "a personal part of an export";
  if (is_text_messages(bytes.substr(0, kHeaderBytes))) return kChat;
  if (is_mail(bytes)) return "an e-mail";
  const auto text = base::to_valid_utf8(bytes.substr(0, kHeaderBytes));
  return is_chat(text) ? kChat : std::string_view{};
}

}  // namespace muniment::sources
