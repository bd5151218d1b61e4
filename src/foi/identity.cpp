#include "foi/identity.hpp"

#include <algorithm>
#include <map>

#include "records/made_name.hpp"

namespace muniment::foi {
namespace {

// The name of a contact is drawn by lot, that of a message is no address.
bool is_public_place(const PlannedEntry& entry) {
  const auto platform = entry.value("platform");
  return platform != "contact" && platform != "email";
}

bool is_made(const PlannedField& planned) {
  return records::is_made_from_content(planned.field.value);
}

void follow(Plan& plan, const PlannedEntry& entry, PlannedField& planned, const std::string& code,
            const std::string& why) {
  if (planned.kept || planned.shows_nothing()) return;
  planned.follow(code);
  plan.automatic.push_back(
      {entry.entry.seq, planned.field.name, code, why, how_to_keep(entry, planned.field.name)});
}

std::string first_code(const PlannedField& planned) {
  if (!planned.whole.empty()) return planned.whole;
  const auto at = std::ranges::find_if(planned.parts, [](const auto& code) { return !code.empty(); });
  return at == planned.parts.end() ? std::string() : *at;
}

// The field by which the author is withheld: the one that was asked for, if any.  An address may be withheld
// for something else that it says.
const PlannedField* withheld_author(const PlannedEntry& entry) {
  for (const bool followed : {false, true})
    for (const auto name : {"author.handle", "author.name", "author.id", "author.url"}) {
      const auto* planned = entry.find(name);
      if (planned == nullptr || planned->shown_whole() || planned->followed != followed) continue;
      const bool address = planned->field.name == "author.id" || planned->field.name == "author.url";
      if (!address || !followed) return planned;
    }
  return nullptr;
}

void withhold_accounts(Plan& plan, PlannedEntry& entry) {
  const auto* author = withheld_author(entry);
  if (author == nullptr || !is_public_place(entry)) return;
  const auto code = first_code(*author);
  const auto why = "it leads to the account that is withheld in the field " + author->field.name;
  for (const auto name :
       {"author.handle", "author.id", "author.url", "id", "id.local", "url", "revision", "edit.of"})
    if (auto* planned = entry.find(name); planned != nullptr && !is_made(*planned))
      follow(plan, entry, *planned, code, why);
}

void withhold_made_names(Plan& plan, PlannedEntry& entry, const std::string& codes) {
  if (entry.value("platform") == "contact") return;
  for (const auto name : {"id", "id.local", "revision", "edit.of"})
    if (auto* planned = entry.find(name))
      if (is_made(*planned))
        follow(
            plan, entry, *planned, codes,
            "it was made from the item's words, some of which are withheld: from it they could be guessed");
}

void withhold_file_hashes(Plan& plan, PlannedEntry& entry) {
  constexpr std::string_view kWhy = "it is the hash of a file whose name or address is withheld";
  for (auto& hash : entry.fields) {
    const std::string_view name = hash.field.name;
    if (!name.starts_with("media.") || !name.ends_with(".sha256")) continue;
    const std::string place(name.substr(0, name.size() - std::string_view("sha256").size()));
    const bool of_file = entry.entry.kind == ledger::kind::kMedia;
    for (const auto& says : {place + "file", place + "name", of_file ? std::string("url") : place + "url"}) {
      const auto* file = entry.find(says);
      if (file == nullptr || !file->shows_nothing()) continue;
      follow(plan, entry, hash, file->whole.empty() ? first_code(*file) : file->whole, std::string(kWhy));
      auto* headers = of_file ? entry.find("headers") : nullptr;
      if (headers != nullptr)
        follow(plan, entry, *headers, first_code(*file), "it may hold a hash of a file that is withheld");
    }
  }
}

}  // namespace

void withhold_what_leads_there(Plan& plan) {
  for (auto& entry : plan.entries) {
    withhold_accounts(plan, entry);
    withhold_file_hashes(plan, entry);
  }
  std::map<std::string, std::set<std::string>> codes;  // by item
  for (const auto& entry : plan.entries)
    if (entry.withholds()) add_codes(entry.codes(), codes[item_of(plan, entry)]);
  for (auto& entry : plan.entries)
    if (const auto at = codes.find(item_of(plan, entry)); at != codes.end())
      withhold_made_names(plan, entry, joined_codes(at->second));
}

void doubt_accounts(Plan& plan) {
  for (const auto& entry : plan.entries) {
    const auto* author = withheld_author(entry);
    const auto* name = entry.find("author.name");
    if (author == nullptr || name == nullptr || name->shows_nothing() || name->kept || author == name)
      continue;
    plan.doubtful.push_back(
        {entry.entry.seq,
         "author.name",
         {},
         "it is shown, and it names the account that is withheld in the field " + author->field.name});
  }
}

}  // namespace muniment::foi
