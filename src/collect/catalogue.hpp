// What the archive holds already, as the collector needs to know it.  The index answers (through app/);
// this room may not depend on it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/entry.hpp"
#include "muniment/result.hpp"
#include "sources/source.hpp"

namespace muniment::collect {

// kReported: a saved file says that it is gone; nobody saw it.
enum class ItemState { kPresent, kDeleted, kUnavailable, kReported };

struct ItemName {
  std::string_view platform;
  std::string_view id;
  friend auto operator<=>(const ItemName&, const ItemName&) = default;
};

struct Known {
  ledger::Seq version = 0;  // the entry of the newest version
  ledger::Seq raw = 0;      // the entry whose `raw` holds the newest bytes: the version, or a seen-again
  ItemState state = ItemState::kPresent;
  std::uint64_t content = 0;    // fingerprint of records::version_content
  std::uint64_t raw_bytes = 0;  // fingerprint of the item's bytes
  std::uint64_t author = 0;     // of its author's id; 0: it has none, or the entry has to be looked at
  std::uint64_t format = 0;     // of the format of the page that brought it; 0: the entry has to be looked at
  std::int64_t edited = 0;      // where the format is given: milliseconds since 1970; 0: it says no time
  std::uint64_t told = 0;       // told_of (held_versions.hpp); 0: the entry has to be looked at
};

// Sent back so that a server may answer "not modified".
struct Validators {
  std::string etag;
  std::string last_modified;
};

class Catalogue {
 public:
  virtual ~Catalogue() = default;

  // Makes the answers below true for a ledger of exactly `size` entries: reads what it has not seen, and
  // forgets whatever was noted, for it may never have been written.
  virtual Status at(ledger::Seq size) = 0;

  // holders(), reports() and read_before() know the entries before this one: those that at() was given, and
  // of those noted since what was written and read meanwhile.
  virtual ledger::Seq indexed() const = 0;

  // Answers in the order asked.  Many at once are found far more quickly than one by one.
  virtual Result<std::vector<std::optional<Known>>> find(std::span<const ItemName> items) = 0;
  Result<std::optional<Known>> find(std::string_view platform, std::string_view id) {
    const ItemName name{platform, id};
    auto found = find(std::span(&name, 1));
    if (!found) return found.error();
    return found->front();
  }
  // The entries that hold bytes of an item, newest first, at most so many: its versions, and those in which
  // one came in other bytes.  As of at(); entries noted since may be missing.
  virtual Result<std::vector<ledger::Seq>> holders(const ItemName& item, std::size_t most) = 0;
  // The entries that say of an item that a file reports it gone, likewise.
  virtual Result<std::vector<ledger::Seq>> reports(const ItemName& item, std::size_t most) = 0;
  // The newest exchange in which a page with this SHA-256 (hexadecimal digits) came as a saved file and was
  // read; none when there is none.  As of at(), likewise.
  virtual Result<std::optional<ledger::Seq>> read_before(std::string_view page) = 0;
  // Did a page with this SHA-256 come as a saved file that could not be read, and is kept so?  As of at(),
  // likewise.
  virtual Result<bool> kept_unread(std::string_view page) = 0;
  // Keyed with a secret of this archive's index, so that nobody can prepare two texts that look the same.
  virtual std::uint64_t fingerprint(std::string_view bytes) const = 0;

  // Tells the catalogue of an entry about to be appended, so that later questions see it until at() is
  // called.
  virtual void note(std::string_view platform, std::string_view id, const Known& known) = 0;

  // What the archive holds from a source and does not know to be deleted; items that the platform refused to
  // show are among them, for they may come back or go.
  virtual Result<std::vector<sources::Held>> held(std::string_view source) = 0;
  // Of each item in the order asked: is it among those?
  virtual Result<std::vector<bool>> are_held(std::string_view source, std::span<const ItemName> items) = 0;
  // Of the newest answer to this address (as the exchange's `url` spells it) that came whole and was
  // understood.  None where the source's last poll was not complete: "not modified" would leave what that one
  // did not get unread for good.
  virtual Result<Validators> validators(std::string_view source, std::string_view url) = 0;
  // Of the source's last complete poll; empty at first.
  virtual Result<std::string> cursor(std::string_view source) = 0;
  virtual Result<std::string> last_complete(std::string_view source) = 0;  // when it ended, RFC 3339
};

}  // namespace muniment::collect
