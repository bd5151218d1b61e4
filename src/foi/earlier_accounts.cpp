#include "foi/earlier_accounts.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "foi/accounts_said.hpp"
#include "foi/as_disclosed.hpp"
#include "foi/release.hpp"
#include "muniment/disclosure.hpp"

namespace muniment::foi {
namespace {

constexpr std::size_t kMostRecords = 5000;

struct Withheld {
  std::set<std::string> fields;
  std::string by;  // the disclosure, in words
};

bool is_account(std::string_view field) {
  return is_of_account(field, ".handle") || is_of_account(field, ".id") || is_of_account(field, ".url") ||
         is_of_account(logical_name(field), ".name");
}

void gather(const records::Body& disclosure, ledger::Seq seq, std::map<ledger::Seq, Withheld>& out) {
  const auto by = disclosure_in_words(seq, disclosure);
  each_gap(records::value_of(disclosure, "release").value_or(""), [&](const Gap& gap) {
    if (!is_account(gap.field) || !is_exemption(gap.code) || out.size() >= kMostRecords) return;
    auto& withheld = out[gap.seq];
    withheld.fields.insert(std::string(gap.field));
    if (withheld.by.empty()) withheld.by = by;
  });
}

}  // namespace

Status doubt_earlier_accounts(Plan& plan, ledger::Reader& reader, const Register& known) {
  const auto disclosures = known.disclosures();
  if (!disclosures) return disclosures.error();
  std::map<ledger::Seq, Withheld> withheld;
  for (auto seq = disclosures->rbegin(); seq != disclosures->rend() && withheld.size() < kMostRecords;
       ++seq) {
    const auto body = held_body(reader, *seq);
    if (!body) return body.error();
    if (*body) gather(**body, *seq, withheld);
  }
  std::vector<bundle::Needle> accounts;
  std::map<std::string, std::string> by;  // Needle::from
  for (const auto& [seq, of] : withheld) {
    if (entry_of(plan, seq) != nullptr) continue;
    const auto body = held_body(reader, seq);
    if (!body) return body.error();
    if (!*body) continue;
    const auto from = "record " + std::to_string(seq);
    by.emplace(from, of.by);
    for (const auto& field : **body)
      if (of.fields.contains(field.name)) add_account(field, from, accounts);
  }
  doubt_accounts_said(plan, std::move(accounts), [&](const std::string& from) {
    return "it names the account that " + by.at(from) + " withheld of " + from +
           ": whoever has both bundles may learn whose that is";
  });
  return {};
}

}  // namespace muniment::foi
