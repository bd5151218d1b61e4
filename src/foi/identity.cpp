#include "foi/identity.hpp"

#include <algorithm>
#include <map>
#include <span>

#include "records/made_name.hpp"

namespace muniment::foi {
namespace {

constexpr std::string_view kPeople[] = {"author", "recipient", "repost.author"};

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

// The field by which a person of the item is withheld: the one that was asked for, if any.  An address may be
// withheld for something else that it says.
const PlannedField* withheld_person(const PlannedEntry& entry, std::string_view person) {
  for (const bool followed : {false, true})
    for (const std::string_view name : {".handle", ".name", ".id", ".url"}) {
      const auto* planned = entry.find(std::string(person).append(name));
      if (planned == nullptr || planned->shown_whole() || planned->followed != followed) continue;
      const bool address = name == ".id" || name == ".url";
      if (!address || !followed) return planned;
    }
  return nullptr;
}

// Of these fields those that the entry has.
void follow_all(Plan& plan, PlannedEntry& entry, std::span<const std::string_view> names,
                const PlannedField& because, const std::string& why) {
  const auto code = first_code(because);
  for (const auto name : names)
    if (auto* planned = entry.find(name); planned != nullptr && !is_made(*planned))
      follow(plan, entry, *planned, code, why + because.field.name);
}

constexpr std::string_view kPlaces[] = {"id", "id.local", "url", "revision", "edit.of", "repost.of"};

void withhold_accounts(Plan& plan, PlannedEntry& entry) {
  for (const auto person : kPeople) {
    const auto* withheld = withheld_person(entry, person);
    if (withheld == nullptr) continue;
    const auto why = "it leads to the account that is withheld in the field ";
    const std::string name(person);
    const std::string own[] = {name + ".handle", name + ".id", name + ".url"};
    const std::string_view names[] = {own[0], own[1], own[2]};
    follow_all(plan, entry, names, *withheld, why);
    if (person != "recipient" && is_public_place(entry)) follow_all(plan, entry, kPlaces, *withheld, why);
  }
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

bool is_file_hash(std::string_view name) {
  return name.starts_with("media.") && name.ends_with(".sha256");
}

// A file can be guessed until its hash fits, or looked for by it where it was first shown.
void withhold_file_hashes(Plan& plan, PlannedEntry& entry, const std::string& codes) {
  constexpr std::string_view kWhy = "it is the hash of a file of an item of which something is withheld";
  for (auto& hash : entry.fields) {
    const std::string_view name = hash.field.name;
    if (!is_file_hash(name)) continue;
    follow(plan, entry, hash, codes, std::string(kWhy));
    auto* headers = entry.entry.kind == ledger::kind::kMedia ? entry.find("headers") : nullptr;
    if (headers != nullptr)
      follow(plan, entry, *headers, codes, "it may hold a hash of a file, as the server gave it");
  }
}

// The same file may hang on another item, where it would be told by its hash.
void withhold_same_files(Plan& plan) {
  std::map<std::string, std::string> codes;  // by hash
  for (const auto& entry : plan.entries)
    for (const auto& planned : entry.fields)
      if (is_file_hash(planned.field.name) && planned.shows_nothing() && !planned.out_of_scope())
        codes.emplace(planned.field.value, planned.whole);
  if (codes.empty()) return;
  for (auto& entry : plan.entries)
    for (auto& planned : entry.fields)
      if (const auto at = is_file_hash(planned.field.name) ? codes.find(planned.field.value) : codes.end();
          at != codes.end())
        follow(plan, entry, planned, at->second, "it is the hash of a file whose hash is withheld elsewhere");
}

// Of a file whose address is withheld: where it was asked for, and who answered.
void withhold_answers(Plan& plan, PlannedEntry& entry) {
  constexpr std::string_view kOfAnswer[] = {"headers", "peer", "redirects", "tls", "url.final"};
  const auto* url = entry.entry.kind == ledger::kind::kMedia ? entry.find("url") : nullptr;
  if (url == nullptr || !url->shows_nothing() || url->out_of_scope()) return;
  follow_all(plan, entry, kOfAnswer, *url, "it tells of the address that is withheld in the field ");
}

}  // namespace

void withhold_what_leads_there(Plan& plan) {
  for (auto& entry : plan.entries) {
    withhold_accounts(plan, entry);
    withhold_answers(plan, entry);
  }
  std::map<std::string, std::set<std::string>> codes;  // by item
  for (const auto& entry : plan.entries)
    if (entry.withholds()) add_codes(entry.codes(), codes[item_of(plan, entry)]);
  for (auto& entry : plan.entries)
    if (const auto at = codes.find(item_of(plan, entry)); at != codes.end()) {
      withhold_made_names(plan, entry, joined_codes(at->second));
      withhold_file_hashes(plan, entry, joined_codes(at->second));
    }
  withhold_same_files(plan);
}

void doubt_accounts(Plan& plan) {
  for (const auto& entry : plan.entries)
    for (const auto person : kPeople) {
      const auto* withheld = withheld_person(entry, person);
      const auto* name = entry.find(std::string(person) + ".name");
      if (withheld == nullptr || name == nullptr || name->shows_nothing() || name->kept || withheld == name)
        continue;
      plan.doubtful.push_back(
          {entry.entry.seq,
           name->field.name,
           {},
           "it is shown, and it names the account that is withheld in the field " + withheld->field.name});
    }
}

// Most platforms number what they hold by the time at which it came, to the millisecond.  An address holds
// the account's name, too, so that it is for the officer to say what goes.
void doubt_times(Plan& plan) {
  for (const auto& entry : plan.entries) {
    const auto* posted = entry.find("posted");
    if (posted == nullptr || posted->shown_whole() || !is_public_place(entry)) continue;
    for (const auto& planned : entry.fields) {
      const std::string_view name = planned.field.name;
      const bool file = name.starts_with("media.") && name.ends_with(".url");
      if (planned.kept || planned.shows_nothing() ||
          (!file && std::ranges::find(kPlaces, name) == std::end(kPlaces)))
        continue;
      plan.doubtful.push_back(
          {entry.entry.seq,
           planned.field.name,
           {},
           "it is shown, and a platform's numbers may tell the time that is withheld in the "
           "field posted"});
    }
  }
}

}  // namespace muniment::foi
