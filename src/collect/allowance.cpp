#include "collect/allowance.hpp"

namespace muniment::collect {

const Allowance::Left* Allowance::used_up(std::uint64_t requests_made, std::uint64_t items_charged) const {
  for (const auto* items : {&charged, &affordable})
    if (*items && items_charged >= (*items)->left) return &**items;
  return requests && requests_made >= requests->left ? &*requests : nullptr;
}

}  // namespace muniment::collect
