// An access-to-information law, as far as a release needs it: what may be withheld, and under which code.
// The facts are dated data (schema/regime-*.toml), never code.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "muniment/result.hpp"

namespace muniment::foi {

struct ExemptionRule {
  std::string code;  // "s40(2)"
  std::string title;
  std::string kind;                // "absolute", "qualified", "mixed"
  std::vector<std::string> limbs;  // what may follow the code: "(2)(c)"
};

class Regime {
 public:
  // kInvalid: not a regime file; the line is named.
  static Result<Regime> parse(std::string_view toml);

  const std::string& id() const { return id_; }
  const std::string& title() const { return title_; }

  // The code as the regime spells it: spaces do not matter, nor case, nor a missing "s".  A limb that the
  // regime lists may follow.  kInvalid for a code it does not know; the hint lists near ones.
  Result<std::string> code(std::string_view typed) const;

  // Of a code as code() answers it; empty when it is not one.
  std::string title_of(std::string_view code) const;

  const std::vector<ExemptionRule>& exemptions() const { return exemptions_; }

 private:
  std::string id_;
  std::string title_;
  std::vector<ExemptionRule> exemptions_;
};

}  // namespace muniment::foi
