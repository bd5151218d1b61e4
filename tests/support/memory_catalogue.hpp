// A catalogue read straight from the ledger and kept in memory: what the collector asks, without the index.
#pragma once

#include <map>
#include <set>

#include "collect/catalogue.hpp"
#include "ledger/reader.hpp"

namespace muniment::support {

class MemoryCatalogue final : public collect::Catalogue {
 public:
  explicit MemoryCatalogue(ledger::Reader& reader) : reader_(reader) {}

  Status at(ledger::Seq size) override;
  ledger::Seq indexed() const override { return indexed_; }
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

 private:
  using Item = std::pair<std::string, std::string>;  // platform, id
  void read(const ledger::Entry& entry, const records::Body& body);
  void read_version(const ledger::Entry& entry, const records::Body& body);
  void read_exchange(ledger::Seq seq, const records::Body& body);

  ledger::Reader& reader_;
  ledger::Seq size_ = 0;
  ledger::Seq indexed_ = 0;
  std::map<Item, collect::Known> known_;
  std::map<ledger::Seq, Item> versions_;
  std::map<Item, std::vector<ledger::Seq>> holders_;
  std::map<Item, std::vector<ledger::Seq>> reports_;
  std::map<std::string, ledger::Seq> unread_;
  std::map<std::string, ledger::Seq> pages_;                          // of saved files, by SHA-256
  std::map<std::string, std::map<std::string, sources::Held>> held_;  // by source, by id
  std::map<std::pair<std::string, std::string>, collect::Validators> validators_;  // by source and URL
  std::map<std::string, std::pair<std::string, std::string>> complete_;  // cursor and end, by source
};

}  // namespace muniment::support
