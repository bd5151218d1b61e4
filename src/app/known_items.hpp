// The collector's questions, answered by the index: what is known, what has changed.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "app/archive.hpp"
#include "app/key_filter.hpp"
#include "app/noted_items.hpp"
#include "collect/catalogue.hpp"
#include "index/catalogue.hpp"

namespace muniment::app {

// One thread at a time.  Notes of entries not yet in the index are kept in memory until the index has them.
class KnownItems final : public collect::Catalogue {
 public:
  // The archive must outlive it.  Brings the index up to the ledger first.
  static Result<KnownItems> open(Archive& archive);

  Status at(ledger::Seq size) override;
  ledger::Seq indexed() const override { return indexed_->load(); }
  using Catalogue::find;
  Result<std::vector<std::optional<collect::Known>>> find(std::span<const collect::ItemName> items) override;
  Result<std::vector<ledger::Seq>> holders(const collect::ItemName& item, std::size_t most) override;
  Result<std::vector<ledger::Seq>> reports(const collect::ItemName& item, std::size_t most) override;
  Result<std::optional<ledger::Seq>> read_before(std::string_view page) override;
  Result<bool> kept_unread(std::string_view page) override;
  std::uint64_t fingerprint(std::string_view bytes) const override;
  void note(std::string_view platform, std::string_view id, const collect::Known& known) override;
  Result<std::vector<sources::Held>> held(std::string_view source) override;
  Result<std::vector<bool>> are_held(std::string_view source,
                                     std::span<const collect::ItemName> items) override;
  Result<collect::Validators> validators(std::string_view source, std::string_view url) override;
  Result<std::string> cursor(std::string_view source) override;
  Result<std::string> last_complete(std::string_view source) override;

  // Notes of entries before `position` are in the index now and need not be kept.  Any thread may say so.
  void indexed_until(ledger::Seq position) { indexed_->store(position); }

 private:
  KnownItems(Archive& archive, index::Catalogue catalogue);

  Status make_filter();
  Result<sources::Held> read_held(const index::HeldRow& row);

  // What the entry of a version says does not change, so it is read once.
  using HeldItems = std::unordered_map<ledger::Seq, sources::Held>;

  Archive* archive_;
  index::Catalogue catalogue_;
  std::map<std::string, HeldItems, std::less<>> held_;  // by source; no more than kMostHeldInMemory in all
  // Of all items in the index and the notes; made when so many were asked for since at() that reading every
  // key pays.
  std::optional<KeyFilter> filter_;
  std::size_t asked_ = 0;
  NotedItems notes_;
  std::size_t prune_at_;
  std::unique_ptr<std::atomic<ledger::Seq>> indexed_;
};

}  // namespace muniment::app
