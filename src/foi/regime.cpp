#include "foi/regime.hpp"

#include <toml++/toml.h>

#include <algorithm>

namespace muniment::foi {
namespace {

// "S 40 (2)" and "40(2)" are "40(2)".
std::string bare(std::string_view code) {
  std::string out;
  for (const char c : code) {
    if (c == ' ' || c == '.') continue;
    out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  }
  for (const std::string_view prefix : {"section", "s"})
    if (out.starts_with(prefix) && out.size() > prefix.size()) {
      out.erase(0, prefix.size());
      break;
    }
  return out;
}

std::string_view leading_number(std::string_view code) {
  return code.substr(0, std::min(code.find_first_not_of("0123456789"), code.size()));
}

Error invalid(std::string what) {
  return {Code::kInvalid, std::move(what), {}};
}

}  // namespace

Result<Regime> Regime::parse(std::string_view text) {
  Regime regime;
  try {
    const toml::table table = toml::parse(text);
    regime.id_ = table["regime"]["id"].value_or(std::string());
    regime.title_ = table["regime"]["title"].value_or(std::string());
    if (const auto* list = table["exemption"].as_array())
      for (const auto& node : *list) {
        const auto* row = node.as_table();
        if (row == nullptr) return invalid("the regime lists an exemption that is not a table");
        ExemptionRule rule{(*row)["code"].value_or(std::string()),
                           (*row)["title"].value_or(std::string()),
                           (*row)["kind"].value_or(std::string()),
                           {}};
        if (const auto* limbs = (*row)["limbs"].as_array())
          for (const auto& limb : *limbs) rule.limbs.push_back(limb.value_or(std::string()));
        if (rule.code.empty() || rule.title.empty())
          return invalid("the regime lists an exemption without code or title");
        regime.exemptions_.push_back(std::move(rule));
      }
  } catch (const toml::parse_error& error) {
    return invalid("the regime cannot be read: line " + std::to_string(error.source().begin.line) + ": " +
                   std::string(error.description()));
  }
  if (regime.id_.empty() || regime.title_.empty() || regime.exemptions_.empty())
    return invalid("the regime lacks its id, its title or its exemptions");
  return regime;
}

Result<std::string> Regime::code(std::string_view typed) const {
  const std::string wanted = bare(typed);
  std::string near;
  for (const auto& rule : exemptions_) {
    const std::string known = bare(rule.code);
    if (known == wanted) return rule.code;
    for (const auto& limb : rule.limbs)
      if (known + bare(limb) == wanted) return rule.code + limb;
    if (!wanted.empty() && leading_number(known) == leading_number(wanted)) {
      near += (near.empty() ? "" : ", ") + rule.code;
      for (const auto& limb : rule.limbs) near += ", " + rule.code + limb;
    }
  }
  std::string all;
  for (const auto& rule : exemptions_) all += (all.empty() ? "" : ", ") + rule.code;
  return Error{Code::kInvalid, "the " + title_ + " has no exemption of that code; nothing was withheld",
               near.empty() ? "its codes are " + all : "did you mean one of " + near + "?"};
}

std::string Regime::title_of(std::string_view code) const {
  for (const auto& rule : exemptions_) {
    if (rule.code == code) return rule.title;
    for (const auto& limb : rule.limbs)
      if (rule.code + limb == code) return rule.title;
  }
  return {};
}

}  // namespace muniment::foi
