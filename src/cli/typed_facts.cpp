#include "cli/typed_facts.hpp"

namespace muniment::cli {
namespace {

std::string value(const records::Body& body, std::string_view name) {
  return std::string(records::value_of(body, name).value_or(""));
}

}  // namespace

bool is_typed(const records::Body& body) {
  return value(body, "provenance.class") == "typed";
}

std::vector<TypedFact> typed_facts(const records::Body& body) {
  const auto actor = value(body, "actor");
  const auto writer = value(body, "written.by");
  const auto stated = "as " + (writer.empty() ? actor : writer) + " states";
  const auto name = records::text_of(body, "recipient.name").value_or("");
  const auto handle = value(body, "recipient.handle");
  std::vector<TypedFact> facts = {
      {"spoken to", name + (handle.empty() ? "" : " (" + handle + ")")},
      {"provenance", "typed by a person: " + actor, "not captured"},
      {"written by", writer},
      {"channel", value(body, "type"),
       value(body, "direction") == "out" ? "out: we spoke to somebody" : "in: somebody spoke to us"},
      {"happened", value(body, "posted"),
       stated + (value(body, "posted.precision") == "day" ? "; only the day is known" : ""), true},
      {"written", value(body, "written"), "when it was written down, " + stated, true}};
  if (value(body, "late") == "yes") facts.push_back({"late entry", value(body, "late.why")});
  for (std::size_t i = 0;; ++i) {
    const auto media = "media." + std::to_string(i);
    if (records::find(body, media + ".type") == nullptr) break;
    facts.push_back({"attached",
                     std::to_string(i) + ": " + value(body, media + ".name") + ", " +
                         value(body, media + ".type") + ", " + value(body, media + ".size") + " bytes",
                     "supplied by " + actor + ", not captured"});
  }
  return facts;
}

}  // namespace muniment::cli
