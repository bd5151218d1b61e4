// What a source may still cost.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/money.hpp"

namespace muniment::collect {

// What is left of a source's budgets; where there is none, any number may be asked.
struct Allowance {
  struct Left {
    std::uint64_t left = 0;
    std::string until;   // RFC 3339; when it begins anew
    std::string budget;  // "300 requests a day"
  };
  std::optional<Left> requests;  // that may still be made
  std::optional<Left> charged;   // items that may still be charged; the answer that reaches it may overrun it
  std::optional<Left> affordable;    // likewise, from a budget in money
  std::optional<base::Money> price;  // of such an item

  // The budget that so many requests, and items charged, have used up; null: something is left of each.
  const Left* used_up(std::uint64_t requests_made, std::uint64_t items_charged) const;
};

}  // namespace muniment::collect
