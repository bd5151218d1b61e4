// The versions that the archive holds, compared with items that say something else of themselves.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "collect/catalogue.hpp"
#include "ledger/reader.hpp"
#include "records/interaction.hpp"

namespace muniment::collect {

// What an item is that says something else than the newest version of its name.
enum class Otherwise {
  kEdited,
  kSaysLess,  // by another interface of the platform, or an export of it, which leave fields out: no edit
  kSaysMore,  // likewise the other way round: what is held left out what this says, and nobody edited it
  kEarlier,   // an earlier form, or of an item that was seen to be gone (former.hpp); only in a file
};

// Of an item of X a fingerprint of the words that all tellings of it have; 0: of others, and where its text
// is cut short.
std::uint64_t told_of(const records::Interaction& item, const Catalogue& catalogue);

// For the items of one page, whose entries are numbered from `first`.
class HeldVersions {
 public:
  // `format`: of the page, and its fingerprint.  The reader must outlive it.
  HeldVersions(ledger::Reader& reader, ledger::Seq first, std::string format, std::uint64_t fingerprint)
      : reader_(reader), first_(first), format_(std::move(format)), fingerprint_(fingerprint) {}

  // `told`: told_of the item.  `here`: what was composed of the page so far; the newest version may be among
  // it.  A version that cannot
  // be read (it was disposed of, or is only being written) was edited.
  Result<Otherwise> compare(const records::Interaction& item, std::uint64_t told, const Known& known,
                            bool is_file, std::span<const ledger::Draft> here);

  std::uint64_t format() const { return fingerprint_; }

 private:
  struct Held {
    records::Interaction says;
    std::optional<std::string> format;  // of the page that brought it; nothing when that cannot be read
  };
  // kEdited: it is not the same.
  Otherwise same_told_otherwise(const records::Interaction& item, const records::Interaction& held,
                                const std::optional<std::string>& format, bool is_file) const;
  Result<std::optional<Held>> read(ledger::Seq version, std::span<const ledger::Draft> here);
  Result<std::optional<records::Body>> body(ledger::Seq seq, std::span<const ledger::Draft> here);

  ledger::Reader& reader_;
  ledger::Seq first_;
  std::string format_;
  std::uint64_t fingerprint_;
};

// Must a version be read, to compare one of these items, that is still on its way into ledger and index?
// Items of one format are compared by what was noted of them; of X only where that tells two posts apart.
bool waits_for_what_is_on_its_way(const std::vector<sources::Item>& items,
                                  const std::vector<std::optional<Known>>& known, std::string_view format,
                                  const Catalogue& catalogue);

}  // namespace muniment::collect
