#include "foi/left_out.hpp"

#include <map>
#include <set>
#include <string>

#include "foi/accounts_said.hpp"
#include "foi/as_disclosed.hpp"
#include "foi/release.hpp"
#include "muniment/disclosure.hpp"

namespace muniment::foi {
namespace {

// The item that an entry is of or about, by each of its names.
std::set<std::string> items_of(const records::Body& body) {
  std::set<std::string> out;
  const auto platform = std::string(records::value_of(body, "platform").value_or(""));
  for (const auto* name : {"id", "edit.of"})
    if (const auto id = records::value_of(body, name)) out.insert(platform + "\n" + std::string(*id));
  return out;
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
    const auto body = held_body(reader, left.seq);
    if (!body) return body.error();
    if (!*body) continue;
    const auto from = "record " + std::to_string(left.seq);
    codes.emplace(from, left.code);
    for (const auto& item : items_of(**body)) items.emplace(item, &left);
    for (const auto& field : **body) add_account(field, from, found);
  }
  doubt_same_item(plan, items);
  doubt_accounts_said(plan, std::move(found), [&](const std::string& from) {
    return "it says whose " + from + " is, or where it stands, and that record is left out under " +
           codes.at(from);
  });
  return {};
}

}  // namespace muniment::foi
