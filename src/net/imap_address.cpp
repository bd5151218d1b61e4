#include "net/imap_address.hpp"

#include <algorithm>
#include <charconv>

#include "base/bytes.hpp"
#include "base/utf8.hpp"

namespace muniment::net {
namespace {

constexpr std::uint64_t kMostNumber = 0xFFFF'FFFF;

Error address_of_nothing() {
  return {Code::kInvalid, "the address names neither a mailbox's list nor a message in it",
          "Give it as imaps://SERVER/MAILBOX."};
}

// The value of ";NAME=" within a path's end; the path is cut before it.
std::optional<std::uint64_t> taken_off(std::string& path, std::string_view mark) {
  const auto at = path.rfind(mark);
  if (at == std::string::npos) return std::nullopt;
  const auto value = imap_number(std::string_view(path).substr(at + mark.size()));
  path.resize(at);
  return value.value_or(0);
}

}  // namespace

std::optional<std::uint64_t> imap_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool good = wrong == std::errc{} && end == text.data() + text.size() && value >= 1;
  return good && value <= kMostNumber ? std::optional(value) : std::nullopt;
}

bool begins_in_capitals(std::string_view line, std::string_view what) {
  return line.size() >= what.size() && std::equal(what.begin(), what.end(), line.begin(), [](char a, char b) {
           return a == (b >= 'a' && b <= 'z' ? b - 32 : b);
         });
}

Result<std::string> imap_mailbox(std::string_view name) {
  if (!base::is_utf8(name)) return Error{Code::kInvalid, "the mailbox's name is not UTF-8"};
  std::string out, wide;  // `wide`: UTF-16, big endian
  const auto shift_back = [&] {
    if (wide.empty()) return;
    auto coded = base::to_base64(wide);
    std::replace(coded.begin(), coded.end(), '/', ',');
    while (coded.ends_with('=')) coded.pop_back();
    out += "&" + coded + "-";
    wide.clear();
  };
  const auto add_unit = [&](char32_t unit) {
    wide.push_back(static_cast<char>(unit >> 8 & 0xFF));
    wide.push_back(static_cast<char>(unit & 0xFF));
  };
  for (std::size_t at = 0; at < name.size();) {
    const char32_t c = base::next_code_point(name, at);
    if (c < 0x20 || c == 0x7F) return Error{Code::kInvalid, "the mailbox's name has control characters"};
    if (c > 0xFFFF) {
      add_unit(0xD800 + ((c - 0x10000) >> 10));
      add_unit(0xDC00 + ((c - 0x10000) & 0x3FF));
    } else if (c > 0x7E) {
      add_unit(c);
    } else {
      shift_back();
      out.push_back(static_cast<char>(c));
      if (c == '&') out.push_back('-');
    }
  }
  shift_back();
  if (out.empty()) return Error{Code::kInvalid, "the address names no mailbox"};
  return out;
}

Result<ImapQuestion> read_imap_question(const Url& url) {
  auto rest = url.whole.substr(std::min(url.whole.find("://") + 3, url.whole.size()));
  rest.erase(0, rest.find('/'));
  if (!rest.starts_with('/')) return address_of_nothing();
  rest.erase(0, 1);
  ImapQuestion question;
  if (const auto mark = rest.find('?'); mark != std::string::npos) {
    const auto program = percent_decoded(rest.substr(mark + 1));
    rest.resize(mark);
    if (!begins_in_capitals(program, "UID ") || !program.ends_with(":*")) return address_of_nothing();
    const auto first = imap_number(std::string_view(program).substr(4, program.size() - 6));
    if (!first) return address_of_nothing();
    question.first = *first;
  } else {
    question.uid = taken_off(rest, "/;UID=").value_or(0);
    question.epoch = taken_off(rest, ";UIDVALIDITY=").value_or(0);
    if (question.uid == 0 || question.epoch == 0) return address_of_nothing();
  }
  auto mailbox = imap_mailbox(percent_decoded(rest));
  if (!mailbox) return mailbox.error();
  question.mailbox = *std::move(mailbox);
  return question;
}

}  // namespace muniment::net
