#include "foi/left_out.hpp"

#include <map>
#include <set>
#include <string>

#include "foi/looked_for.hpp"
#include "foi/name_forms.hpp"
#include "foi/release.hpp"
#include "foi/saying.hpp"
#include "muniment/disclosure.hpp"

namespace muniment::foi {
namespace {

constexpr std::size_t kMostDoubts = 200;

bool names_somebody(std::string_view field) {
  return is_of_account(field, ".handle") || is_of_account(field, ".id") || is_of_account(field, ".url") ||
         field == "id" || field == "url";
}

void add_needles(const records::Body& body, const std::string& from, std::vector<bundle::Needle>& out) {
  for (const auto& field : body)
    if (is_of_account(field.name, ".name"))
      add_name_forms(field.value, true, from, out);
    else if (names_somebody(field.name))
      add_value(field.name, field.value, from, out);
}

// The item that an entry is of or about, by each of its names.
std::set<std::string> items_of(const records::Body& body) {
  std::set<std::string> out;
  const auto platform = std::string(records::value_of(body, "platform").value_or(""));
  for (const auto* name : {"id", "edit.of"})
    if (const auto id = records::value_of(body, name)) out.insert(platform + "\n" + std::string(*id));
  return out;
}

bool is_looked_through(const PlannedField& planned) {
  return !planned.shows_nothing() && !planned.kept && !repeats_everything(planned.field.name) &&
         saying_of(planned.field.name) != Saying::kNothing;
}

// Of a record that is left out, what is shown of the same item.
void doubt_same_item(Plan& plan, const std::map<std::string, const LeftOutRecord*>& left_out) {
  for (const auto& entry : plan.entries) {
    if (!entry.record) continue;
    records::Body body;
    for (const auto& planned : entry.fields) body.push_back(planned.field);
    for (const auto& item : items_of(body)) {
      const auto at = left_out.find(item);
      if (at == left_out.end()) continue;
      plan.doubtful.push_back({entry.entry.seq,
                               std::string(kWholeRecord),
                               {},
                               "it is of the same item as record " + std::to_string(at->second->seq) +
                                   ", which is left out under " + at->second->code +
                                   ": does it say the same?"});
      break;
    }
  }
}

}  // namespace

Status doubt_left_out(Plan& plan, ledger::Reader& reader) {
  std::vector<bundle::Needle> found;
  std::map<std::string, const LeftOutRecord*> items;
  std::map<std::string, std::string> codes;  // by Needle::from
  for (const auto& left : plan.left_out) {
    if (!is_exemption(left.code)) continue;
    const auto body = reader.body(left.seq);
    if (!body && body.error().code == Code::kNotFound) continue;
    if (!body) return body.error();
    const auto from = "record " + std::to_string(left.seq);
    codes.emplace(from, left.code);
    for (const auto& item : items_of(*body)) items.emplace(item, &left);
    add_needles(*body, from, found);
  }
  doubt_same_item(plan, items);
  if (found.empty()) return {};
  bundle::Needles needles(std::move(found));
  allow_surroundings(needles, plan);
  for (const auto& entry : plan.entries)
    for (const auto& planned : entry.fields)
      if (is_of_account(planned.field.name, ".name") || names_somebody(planned.field.name))
        needles.allow(planned.shown());
  std::size_t count = 0;
  for (const auto& entry : plan.entries)
    for (const auto& planned : entry.fields) {
      if (!entry.record || !is_looked_through(planned)) continue;
      const auto from = said_in(planned.shown(), needles);
      if (from.empty() || ++count > kMostDoubts + 1) continue;
      plan.doubtful.push_back(
          {entry.entry.seq,
           planned.field.name,
           {},
           "it says whose " + from + " is, or where it stands, and that record is left out under " +
               codes.at(from) + (count > kMostDoubts ? "; more such places are not named" : "")});
    }
  return {};
}

}  // namespace muniment::foi
