// bundle.json, read strictly into what has to be proven.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "verify/leaf.hpp"
#include "verify/report.hpp"

namespace muniment::verify {

// One field of a disclosed entry.  Its digest is computed from what is shown, so a changed word, seed,
// salt or commitment changes it.
struct BundleField {
  std::string name;
  bool withheld_whole = false;
  base::Hash digest{};
  std::string value;  // shown in full; empty when any segment is withheld
  bool shown_in_full = false;
  std::vector<std::uint32_t> withheld;  // segments, ascending, when shown in part
  std::vector<std::string> codes;       // the exemptions that the bundle itself repeats ("x"), for each of
                                        // `withheld`, or one for the whole; empty texts where it does not
};

struct BundleEntry {
  Leaf leaf;
  base::Hash hash{};  // of the leaf as received
  std::vector<base::Hash> proof, consistency;
  std::vector<BundleField> fields;

  const BundleField* find(std::string_view name) const;
};

struct BundleAnchor {
  std::string checkpoint;
  std::string token;
  std::vector<base::Hash> consistency;
};

struct Bundle {
  std::string checkpoint;
  std::vector<BundleEntry> entries;
  std::vector<BundleAnchor> anchors;
  std::optional<std::string> release;
};

// Whatever is not as the format says is a finding; nullopt when it is not a bundle of version 1 at all.
std::optional<Bundle> parse_bundle(std::string_view json, Report& report);

}  // namespace muniment::verify
