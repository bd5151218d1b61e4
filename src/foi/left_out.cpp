#include "foi/left_out.hpp"

#include <map>
#include <string>

#include "foi/looked_for.hpp"
#include "foi/name_forms.hpp"
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

bool is_looked_through(const PlannedField& planned) {
  return !planned.shows_nothing() && !planned.kept && !repeats_everything(planned.field.name) &&
         saying_of(planned.field.name) != Saying::kNothing;
}

}  // namespace

Status doubt_left_out(Plan& plan, ledger::Reader& reader) {
  std::vector<bundle::Needle> found;
  std::map<std::string, std::string> codes;  // by Needle::from
  for (const auto& left : plan.left_out) {
    if (left.code == kOutOfScope) continue;
    const auto body = reader.body(left.seq);
    if (!body && body.error().code == Code::kNotFound) continue;
    if (!body) return body.error();
    const auto from = "record " + std::to_string(left.seq);
    codes.emplace(from, left.code);
    add_needles(*body, from, found);
  }
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
