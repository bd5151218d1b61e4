// An archive of a few posts, and everything a disclosure needs.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "foi/disclosure.hpp"
#include "foi/regime.hpp"
#include "records/interaction.hpp"
#include "support/small_ledger.hpp"

namespace muniment::support {

foi::Regime uk_foia();

class ReleaseDesk {
 public:
  ReleaseDesk();

  // Appends a capture (or an entry of another kind) and answers its number.
  ledger::Seq add(const records::Interaction& item, const std::string& raw = {},
                  std::string_view kind = ledger::kind::kCapture, const std::string& of = {});
  records::Interaction post(const std::string& id, const std::string& handle, const std::string& name,
                            const std::string& text) const;

  // Discloses everything from entry 1 on, unless `typed` names records or searches, into folder() / name.
  Result<foi::Made> disclose(foi::Request typed, const std::string& name = "out");
  Result<foi::Preview> preview(foi::Request typed);

  std::string verifier_key() const { return key_; }
  std::string file(const std::string& path, const std::string& name = "out") const;  // of the bundle
  std::filesystem::path folder(const std::string& name = "out") const { return ledger.folder() / name; }

  SmallLedger ledger;
  foi::Occasion occasion;
  foi::Regime regime;
  foi::WriteDisclosure write;  // exporters::write_disclosure, unless a test puts another here

 private:
  std::string key_;
  Result<foi::Selection> select(foi::Request typed);
  foi::Desk desk();
  // The entries of which this is true, without an index.
  foi::Seqs those(const std::function<bool(const ledger::Entry&, const records::Body&)>& is_one);
};

// What is planned, once the bundle was made of it and the gate let it pass.
foi::Plan plan_of(ReleaseDesk& desk, const foi::Request& typed, const std::string& out = "out");
// Throws when there is none.
const foi::PlannedField& field(const foi::Plan& plan, ledger::Seq seq, const std::string& name);
bool has(const std::vector<foi::Remark>& remarks, ledger::Seq seq, const std::string& name);
// Everything that a requester would read.
std::string shown(const foi::Plan& plan);

}  // namespace muniment::support
