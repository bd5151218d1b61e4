// A poll of an invented platform whose pages are lines: "id text #counter" is an item, "> URL" a page to
// ask for next.  Items missing from the listing are asked for at https://town.example/item/ID, those whose id
// begins with "old" only as their turn comes (optional); "!" is a page that this platform cannot read.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "sources/source.hpp"

namespace muniment::support {

inline constexpr char kListing[] = "https://town.example/list";
std::string item_url(const std::string& id);

class ScriptedPoll final : public sources::Poll {
 public:
  void begin_with(std::vector<std::string> urls) { first_ = std::move(urls); }
  std::vector<sources::Ask> start() override;
  Result<sources::Reading> read(const sources::Ask& ask, const sources::Answer& answer) override;
  std::vector<sources::Ask> ask_after(const std::vector<sources::Held>& held) override;
  std::string cursor() const override { return "cursor after " + std::to_string(seen_.size()); }
  std::string resume(
      const std::vector<sources::Ask>& unanswered) const override;  // their addresses, a line each

 private:
  std::vector<std::string> first_ = {kListing};
  std::set<std::string> seen_;
};

}  // namespace muniment::support
