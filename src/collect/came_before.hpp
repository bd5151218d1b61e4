// Saved files prove no time: one that is imported again, after newer ones, must not bring old words back as
// an edit.  So for an item that differs from what is held: did this very page bring it before, or was this
// page read before, when these bytes were held already?
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "collect/catalogue.hpp"
#include "ledger/reader.hpp"

namespace muniment::collect {

// Of one page.
class CameBefore {
 public:
  // `page`: its SHA-256 in hexadecimal digits.  Both others must outlive this.
  CameBefore(std::string page, Catalogue& catalogue, ledger::Reader& reader);

  // The entry that holds these bytes of the item and came with the same page, or before it was read as a
  // file; none when there is none, among the newest kMostLookedAt.  Entries whose bodies were disposed of are
  // passed by.
  Result<std::optional<ledger::Seq>> find(const ItemName& item, std::string_view raw);

  static constexpr std::size_t kMostLookedAt = 256;

 private:
  Result<bool> was_there(ledger::Seq holder);
  Result<bool> is_same_page(std::string_view exchange);

  std::string page_;
  Catalogue& catalogue_;
  ledger::Reader& reader_;
  bool looked_ = false;
  std::optional<ledger::Seq> read_;  // the newest exchange in which a file brought this page
  std::map<std::string, bool, std::less<>> exchanges_;  // by number: was it this page?
};

}  // namespace muniment::collect
