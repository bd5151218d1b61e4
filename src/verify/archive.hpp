// Verifies an archive on disk: what is stored against what the chain, the checkpoints and the policy say.
//
// Independent of the room `ledger` on purpose: both are written from docs/formats, and a fault has to
// be made twice to go unseen.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "muniment/result.hpp"
#include "verify/policy.hpp"
#include "verify/report.hpp"

namespace muniment::verify {

struct Options {
  bool deep = false;     // also unseal every body with keys.db and commit to every word again
  unsigned threads = 0;  // for the deep pass; 0: as many as there are processors
  // Asked by whoever runs the archive, who has what its signer remembers (keys/last) and the secrets
  // (keys.db): without them, that nothing was cut off, or that the words are there, could not be checked.  An
  // outsider may have been given a copy without them.
  bool by_its_keeper = false;
};

// Reads only.  A Report, whatever it says, means that we looked; an Error means that there was
// nothing to look at (kNotFound: no archive there).  Without a policy signatures are not judged and
// the answer is at best kCouldNotCheck: an archive cannot name the key that proves it.
Result<Report> verify_archive(const std::filesystem::path& archive, const std::optional<Policy>& policy,
                              const Options& options = {});

}  // namespace muniment::verify
