#include "record_view.hpp"

#include <algorithm>
#include <set>
#include <variant>

#include "muniment/markup.hpp"

namespace muniment::exporters {
namespace {

// "s40(2);s41" is two exemptions for one gap.
void add_codes(std::set<std::string>& out, std::string_view codes) {
  while (!codes.empty() && codes != kOutOfScope) {
    const auto end = codes.find(';');
    out.emplace(codes.substr(0, end));
    if (end == std::string_view::npos) return;
    codes.remove_prefix(end + 1);
  }
}

bool is_part_of(std::string_view field, std::string_view name) {
  return field.size() == name.size() + 5 && field.starts_with(name) && field[name.size()] == '.' &&
         field.find_first_not_of("0123456789", name.size() + 1) == std::string_view::npos;
}

// White space after a withheld word is withheld with it.
bool begins_a_word(std::string_view text) {
  return !text.empty() && std::string_view(" \t\r\n.,;:!?)]}'\"").find(text[0]) == std::string_view::npos;
}

}  // namespace

std::string_view decision_words(Decision decision) {
  switch (decision) {
    case Decision::kFull:
      return "shown in full";
    case Decision::kPart:
      return "shown in part";
    case Decision::kWithheld:
      return "withheld";
  }
  return "";
}

std::set<std::string> codes_of(const DisclosedEntry& entry) {
  std::set<std::string> codes;
  for (const auto& field : entry.fields) {
    if (const auto* withheld = std::get_if<Withheld>(&field.content)) add_codes(codes, withheld->code);
    if (const auto* parts = std::get_if<Parts>(&field.content))
      for (const auto& segment : parts->segments)
        if (const auto* gap = std::get_if<WithheldSegment>(&segment)) add_codes(codes, gap->code);
  }
  return codes;
}

const DisclosedField* find_field(const DisclosedEntry& entry, std::string_view name) {
  const auto at = std::find_if(entry.fields.begin(), entry.fields.end(),
                               [&](const DisclosedField& field) { return field.name == name; });
  return at == entry.fields.end() ? nullptr : &*at;
}

std::string plain_value(const DisclosedEntry& entry, std::string_view name) {
  const DisclosedField* field = find_field(entry, name);
  const auto* whole = field != nullptr ? std::get_if<Whole>(&field->content) : nullptr;
  std::string value;
  if (whole != nullptr)
    for (const auto& segment : whole->segments) value += segment;
  return value;
}

std::string withheld_mark(std::string_view code) {
  if (code == kOutOfScope) return "<span class=\"withheld\" role=\"note\">[left out: out-of-scope]</span>";
  const auto safe = markup::escaped(code);
  return "<span class=\"withheld\" role=\"note\" aria-label=\"withheld under " + safe +
         "\">[withheld: " + safe + "]</span>";
}

std::string content_html(const DisclosedField& field) {
  if (const auto* withheld = std::get_if<Withheld>(&field.content)) return withheld_mark(withheld->code);
  std::string text;
  if (const auto* whole = std::get_if<Whole>(&field.content)) {
    for (const auto& segment : whole->segments) text += segment;
    return markup::shown(text);
  }
  std::string out;
  std::string_view gap;
  for (const auto& segment : std::get<Parts>(field.content).segments) {
    if (const auto* shown = std::get_if<ShownSegment>(&segment)) {
      if (!gap.empty() && begins_a_word(shown->text)) out += " ";
      out += markup::shown(shown->text);
      gap = {};
    } else if (const auto& code = std::get<WithheldSegment>(segment).code; code != gap) {
      out += withheld_mark(code);
      gap = code;
    }
  }
  return out;
}

std::string field_html(const DisclosedEntry& entry, std::string_view name) {
  std::string out;
  for (const auto& field : entry.fields)
    if (field.name == name || is_part_of(field.name, name)) out += content_html(field);
  return out;
}

std::string_view kind_words(std::string_view kind) {
  constexpr std::pair<std::string_view, std::string_view> kWords[] = {
      {"capture", "First captured version"},
      {"contact", "Contact, written down by a person"},
      {"edit-seen", "Later version"},
      {"seen-again", "Seen again, unchanged in its words"},
      {"deletion-seen", "Deletion reported by the platform"},
      {"unavailable-seen", "No longer shown by the platform"},
      {"absence-reported", "A saved file says that it is gone"},
      {"genesis", "Beginning of the ledger"},
      {"disclosure", "This disclosure"},
      {"search", "Search that this request relied on"},
      {"coverage", "Account of one poll"},
      {"gap", "Time in which a source was not captured"},
      {"spotting", "Search for possible requests"},
      {"possible-request", "Noticed as a possible request for information"},
      {"request-judged", "Decision whether it is a request for information"},
      {"exchange", "Answer received from outside"}};
  for (const auto& [known, words] : kWords)
    if (known == kind) return words;
  return "Entry";
}

}  // namespace muniment::exporters
