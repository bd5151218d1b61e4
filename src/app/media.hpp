// Fetching the files that captured items name.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/archive.hpp"
#include "collect/media.hpp"
#include "index/media_register.hpp"
#include "net/transport.hpp"

namespace muniment::app {

struct MediaWishes {
  std::vector<std::string> sources;                    // by name; empty: all that are active
  bool imported = false;                               // those that items from saved files name, instead
  bool refused_too = false;                            // also what was refused before
  std::uint64_t most_file = collect::kMediaFileBytes;  // at most ledger::kMostAttachmentBytes
  std::uint64_t most_run = collect::kMediaRunBytes;    // when so much has come, the rest waits
  std::function<void(const collect::MediaOutcome&)> progress = {};
  const std::atomic<bool>* stop = nullptr;
  net::Transport* transport = nullptr;  // null: the real network, politely
};

struct MediaAnswer {
  std::uint64_t kept = 0;     // sealed now
  std::uint64_t same = 0;     // … whose bytes were there already
  std::uint64_t later = 0;    // could not be had; will be asked for again
  std::uint64_t refused = 0;  // could not be had or may not be kept, and is not asked for again
  std::uint64_t left = 0;     // nobody asked: the run was over, or their host was given up
  std::uint64_t bytes = 0;    // that came
  std::map<std::string, std::uint64_t, std::less<>> reasons;  // of later and refused
  index::MediaCounts held;                                    // how it stands now, of all that was chosen
};

// Each file is asked for, judged, and recorded by an entry of its own; stopped at any moment, a later run
// carries on.  The ledger is signed at the end.  kNotFound: no source of that name; kInvalid: a limit that
// cannot be.  Any other error: the ledger or the index could not be used.
Result<MediaAnswer> fetch_media(Archive& archive, const MediaWishes& wishes);

// Of these sources, or of all that are active when none is named, those whose policy is that files are
// fetched after each poll (app/source_history.hpp).
Result<std::vector<std::string>> sources_with_media(Archive& archive, const std::vector<std::string>& names);

}  // namespace muniment::app
