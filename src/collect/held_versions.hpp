// The versions that the archive holds, read to tell an edit from what is none.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "collect/catalogue.hpp"
#include "ledger/reader.hpp"
#include "records/interaction.hpp"

namespace muniment::collect {

struct HeldVersion {
  records::Interaction says;
  std::optional<std::string> format;  // of the page that brought it; nothing when that cannot be read
};

// For one page, whose entries are numbered from `first`.
class HeldVersions {
 public:
  // The reader must outlive it.
  HeldVersions(ledger::Reader& reader, ledger::Seq first, std::string format)
      : reader_(reader), first_(first), format_(std::move(format)) {}

  // `here`: what was composed of this page so far; the version may be among it.  Nothing: it was disposed of,
  // or is only being written.
  Result<std::optional<HeldVersion>> read(ledger::Seq version, std::span<const ledger::Draft> here);

 private:
  Result<std::optional<records::Body>> body(ledger::Seq seq, std::span<const ledger::Draft> here);

  ledger::Reader& reader_;
  ledger::Seq first_;
  std::string format_;
};

// Another interface of the same platform, or an export of it, leaves fields out: that is no edit.
bool says_no_more(const records::Interaction& item, const HeldVersion& held, std::string_view format);

// Does one of these items differ from a version that is still on its way into ledger and index?
bool differs_from_what_is_on_its_way(const std::vector<sources::Item>& items,
                                     const std::vector<std::optional<Known>>& known,
                                     const Catalogue& catalogue);

}  // namespace muniment::collect
