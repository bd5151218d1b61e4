#include "foi/contact_details.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include "foi/doubt_list.hpp"

namespace muniment::foi {
namespace {

constexpr std::size_t kMostDoubts = 100;
constexpr std::size_t kFewestDigits = 10;
constexpr std::size_t kMostDigits = 15;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_of_word(char c) {
  return is_digit(c) || is_letter(c) || (c & 0x80) != 0;
}

bool begins_word(std::string_view text, std::size_t at) {
  return at == 0 || !is_of_word(text[at - 1]);
}

bool ends_word(std::string_view text, std::size_t at) {
  return at >= text.size() || !is_of_word(text[at]);
}

// "@" between a name and a host; a mention has nothing before it, or a host of a server and an @ before its
// name.
bool has_mail(std::string_view text) {
  constexpr std::string_view kOfName = "._%+-";
  for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
    auto begin = at;
    while (begin > 0 &&
           (is_of_word(text[begin - 1]) || kOfName.find(text[begin - 1]) != std::string_view::npos))
      --begin;
    const bool mention = begin > 0 && (text[begin - 1] == '@' || text[begin - 1] == '/');
    auto end = at + 1;
    while (end < text.size() && (is_of_word(text[end]) || text[end] == '-' || text[end] == '.')) ++end;
    const auto host = text.substr(at + 1, end - at - 1);
    const auto dot = host.find('.');
    if (begin < at && !mention && dot != std::string_view::npos && dot > 0 && dot + 2 < host.size())
      return true;
  }
  return false;
}

bool has_telephone(std::string_view text) {
  constexpr std::string_view kBetween = " -()./";
  constexpr std::size_t kWidest = 2;  // signs between two groups
  for (std::size_t at = 0; at < text.size(); ++at) {
    if ((text[at] != '0' && text[at] != '+') || !begins_word(text, at)) continue;
    std::size_t digits = 0;
    std::size_t gap = 0;
    std::size_t end = at + (text[at] == '+' ? 1 : 0);
    for (; end < text.size() && gap <= kWidest; ++end) {
      if (is_digit(text[end])) {
        ++digits;
        gap = 0;
      } else if (kBetween.find(text[end]) != std::string_view::npos) {
        ++gap;
      } else {
        break;
      }
    }
    if (digits >= kFewestDigits && digits <= kMostDigits && ends_word(text, end)) return true;
  }
  return false;
}

// "SW1A 1AA", "sw1a1aa"
bool has_postcode(std::string_view text) {
  const auto is = [&](std::size_t at, bool (*kind)(char)) { return at < text.size() && kind(text[at]); };
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_letter(text[at]) || !begins_word(text, at)) continue;
    std::size_t end = at + 1;
    if (is(end, is_letter)) ++end;
    if (!is(end, is_digit)) continue;
    ++end;
    const bool inward_follows = is(end, is_digit) && is(end + 1, is_letter) && is(end + 2, is_letter);
    if (!inward_follows && (is(end, is_digit) || is(end, is_letter))) ++end;
    if (end < text.size() && text[end] == ' ') ++end;
    if (is(end, is_digit) && is(end + 1, is_letter) && is(end + 2, is_letter) && ends_word(text, end + 3))
      return true;
  }
  return false;
}

std::string_view name_of(ContactDetail detail) {
  switch (detail) {
    case ContactDetail::kMail:
      return "an address of e-mail";
    case ContactDetail::kTelephone:
      return "a telephone number";
    case ContactDetail::kPostcode:
      return "a postcode";
    case ContactDetail::kNone:
      break;
  }
  return {};
}

// Which of the author's fields is withheld; empty: none.
std::string withheld_author(const PlannedEntry& entry) {
  for (const auto& planned : entry.fields) {
    const auto& name = planned.field.name;
    if (name.starts_with("author.") && planned.shows_nothing() && !planned.out_of_scope()) return name;
  }
  return {};
}

}  // namespace

ContactDetail contact_detail_in(std::string_view text) {
  if (has_mail(text)) return ContactDetail::kMail;
  if (has_telephone(text)) return ContactDetail::kTelephone;
  return has_postcode(text) ? ContactDetail::kPostcode : ContactDetail::kNone;
}

void doubt_contact_details(Plan& plan) {
  DoubtList doubts(plan, kMostDoubts);
  for (const auto& entry : plan.entries) {
    const auto author = withheld_author(entry);
    if (author.empty()) continue;
    for (const auto& planned : entry.fields) {
      if (!is_text_field(planned.field.name) || planned.shows_nothing() || planned.kept) continue;
      const auto detail = contact_detail_in(planned.shown());
      if (detail != ContactDetail::kNone)
        doubts.add({entry.entry.seq,
                    planned.field.name,
                    {},
                    "it shows " + std::string(name_of(detail)) +
                        ", and who wrote it is withheld in the field " + author});
    }
  }
}

}  // namespace muniment::foi
