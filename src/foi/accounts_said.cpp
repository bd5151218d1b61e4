#include "foi/accounts_said.hpp"

#include "foi/doubt_list.hpp"
#include "foi/known_values.hpp"
#include "foi/looked_for.hpp"
#include "foi/name_forms.hpp"
#include "foi/saying.hpp"

namespace muniment::foi {
namespace {

constexpr std::size_t kMostDoubts = 200;

bool is_looked_through(const PlannedField& planned) {
  const auto& name = planned.field.name;
  return !planned.shows_nothing() && !planned.kept && !repeats_everything(name) &&
         (saying_of(name) != Saying::kNothing || is_free_value(planned.field));
}

}  // namespace

bool names_somebody(std::string_view field) {
  return is_of_account(field, ".handle") || is_of_account(field, ".id") || is_of_account(field, ".url") ||
         field == "id" || field == "url";
}

void add_account(const records::Field& field, const std::string& from, std::vector<bundle::Needle>& out) {
  if (is_of_account(field.name, ".name"))
    add_name_forms(field.value, true, from, out);
  else if (names_somebody(field.name))
    add_value(field.name, field.value, from, out);
}

void doubt_accounts_said(Plan& plan, std::vector<bundle::Needle> accounts,
                         const std::function<std::string(const std::string& from)>& why) {
  if (accounts.empty()) return;
  bundle::Needles needles(std::move(accounts));
  allow_surroundings(needles, plan);
  for (const auto& entry : plan.entries)
    for (const auto& planned : entry.fields)
      if (is_of_account(planned.field.name, ".name") || names_somebody(planned.field.name))
        needles.allow(planned.shown());
  DoubtList doubts(plan, kMostDoubts);
  for (const auto& entry : plan.entries)
    for (const auto& planned : entry.fields) {
      if (!entry.record || !is_looked_through(planned)) continue;
      const auto from = said_in(planned.shown(), needles);
      if (!from.empty()) doubts.add({entry.entry.seq, planned.field.name, {}, why(from)});
    }
}

}  // namespace muniment::foi
