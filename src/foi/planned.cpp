#include "foi/planned.hpp"

#include <algorithm>

namespace muniment::foi {

void add_codes(std::string_view joined, std::set<std::string>& out) {
  while (!joined.empty()) {
    const auto end = std::min(joined.find(';'), joined.size());
    if (end > 0) out.emplace(joined.substr(0, end));
    joined.remove_prefix(std::min(end + 1, joined.size()));
  }
}

std::string joined_codes(const std::set<std::string>& codes) {
  std::string out;
  for (const auto& code : codes) out += (out.empty() ? "" : ";") + code;
  return out;
}

namespace {

std::string with(std::string_view codes, std::string_view more) {
  std::set<std::string> all;
  add_codes(codes, all);
  add_codes(more, all);
  return joined_codes(all);
}

}  // namespace

const std::string& PlannedField::code_at(std::size_t segment) const {
  return whole.empty() && !parts.empty() ? parts[segment] : whole;
}

bool PlannedField::shows_nothing() const {
  return !whole.empty() || (!parts.empty() && std::ranges::none_of(parts, &std::string::empty));
}

std::string PlannedField::shown() const {
  if (shown_whole()) return field.value;
  std::string out;
  for (std::size_t s = 0; s < records::segment_count(field); ++s)
    out += code_at(s).empty() ? records::segment(field, s) : "\n";
  return out;
}

// Always in parts, for a while.
void PlannedField::spread() {
  if (!parts.empty()) return;
  parts.assign(records::segment_count(field), whole);
  whole.clear();
}

// All parts under one exemption are the whole, no part withheld is none.
void PlannedField::tidy() {
  if (parts.empty() || std::ranges::any_of(parts, [&](const auto& code) { return code != parts.front(); }))
    return;
  whole = parts.front();
  parts.clear();
}

void PlannedField::ask(const std::string& code) {
  if (parts.empty()) {
    whole = with(whole, code);
    return;
  }
  for (auto& part : parts) part = with(part, code);
  tidy();
}

void PlannedField::ask(std::size_t segment, const std::string& code) {
  spread();
  parts[segment] = with(parts[segment], code);
  tidy();
}

void PlannedField::follow(const std::string& code) {
  if (shows_nothing()) return;
  followed = true;
  if (parts.empty()) {
    whole = code;
    return;
  }
  for (auto& part : parts)
    if (part.empty()) part = code;
  tidy();
}

void PlannedField::follow(std::size_t segment, const std::string& code) {
  if (!code_at(segment).empty()) return;
  followed = true;
  spread();
  parts[segment] = code;
  tidy();
}

bool PlannedEntry::withholds() const {
  return std::any_of(fields.begin(), fields.end(),
                     [](const auto& field) { return !field.shown_whole() && !field.out_of_scope(); });
}

std::string PlannedEntry::codes() const {
  std::set<std::string> all;
  for (const auto& planned : fields) {
    if (planned.out_of_scope()) continue;
    add_codes(planned.whole, all);
    for (const auto& code : planned.parts) add_codes(code, all);
  }
  return joined_codes(all);
}

const PlannedField* PlannedEntry::find(std::string_view name) const {
  const auto at =
      std::ranges::find_if(fields, [&](const auto& planned) { return planned.field.name == name; });
  return at == fields.end() ? nullptr : &*at;
}

PlannedField* PlannedEntry::find(std::string_view name) {
  return const_cast<PlannedField*>(std::as_const(*this).find(name));
}

std::string_view PlannedEntry::value(std::string_view name) const {
  const auto* planned = find(name);
  return planned == nullptr ? std::string_view() : planned->field.value;
}

std::string ranges_text(const PlannedField& planned, const std::string& code) {
  std::string out;
  for (std::size_t i = 0; i < planned.parts.size(); ++i) {
    if (planned.parts[i] != code) continue;
    const std::size_t first = i;
    while (i + 1 < planned.parts.size() && planned.parts[i + 1] == code) ++i;
    out += (out.empty() ? "" : ",") + std::to_string(first) + (i > first ? "-" + std::to_string(i) : "");
  }
  return out;
}

std::string_view logical_name(std::string_view field) {
  if (field.size() > 5 && field[field.size() - 5] == '.' &&
      field.find_first_not_of("0123456789", field.size() - 4) == std::string_view::npos)
    return field.substr(0, field.size() - 5);
  return field;
}

bool is_of_account(std::string_view field, std::string_view part) {
  if (!field.ends_with(part)) return false;
  field.remove_suffix(part.size());
  return field == "author" || field == "recipient" || field == "repost.author";
}

bool is_text_field(std::string_view field) {
  const auto name = logical_name(field);
  if (is_of_account(name, ".name")) return true;
  return name == "text" || name == "summary" || name == "query" ||
         (name.starts_with("media.") && name.ends_with(".alt"));
}

std::vector<std::size_t> parts_of(const PlannedEntry& entry, std::string_view name) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < entry.fields.size(); ++i)
    if (entry.fields[i].field.name == name || logical_name(entry.fields[i].field.name) == name)
      out.push_back(i);
  return out;
}

std::string text_of(const PlannedEntry& entry, const std::vector<std::size_t>& parts) {
  std::string text;
  for (const auto i : parts) text += entry.fields[i].field.value;
  return text;
}

void each_segment(PlannedEntry& entry, const std::vector<std::size_t>& parts, std::size_t begin,
                  std::size_t end, const std::function<void(PlannedField&, std::size_t)>& visit) {
  std::size_t before = 0;
  for (const auto i : parts) {
    auto& planned = entry.fields[i];
    const auto& [name, value, cuts] = planned.field;
    const std::size_t from = begin - std::min(begin, before);
    const std::size_t to = end - std::min(end, before);
    before += value.size();
    if (from >= value.size() || to == 0) continue;
    auto s = static_cast<std::size_t>(std::ranges::upper_bound(cuts, from) - cuts.begin());
    for (; s <= cuts.size() && (s == 0 || cuts[s - 1] < to); ++s) visit(planned, s);
  }
}

}  // namespace muniment::foi
