// Files that people hand in, taken apart: out of containers, into parts of whole records.  A file of any size
// is held a few MiB at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/spool.hpp"
#include "collect/passed_over.hpp"
#include "containers/container.hpp"
#include "muniment/result.hpp"
#include "sources/cut.hpp"
#include "sources/saved.hpp"

namespace muniment::collect {

inline constexpr std::size_t kPartBytes = 4U << 20;
inline constexpr std::size_t kMostNesting = 4;  // containers within containers

struct SavedPath {
  std::filesystem::path path;
  // A person named it: then its bytes are given out even when nobody knows what it is.  Otherwise it came
  // with a folder, and such a file is passed over.
  bool named = true;
  // What it is read from instead, when it cannot be opened by its name; `path` is then what it is called.
  std::shared_ptr<const base::Spool> spool = nullptr;
};

struct SavedWishes {
  sources::Format format = nullptr;  // null: found from each file's content
  std::string origin;                // an address, where somebody knows where the files came from
  sources::LocalZone zone = {};      // the archive's
  bool with_private = false;         // an authority to keep what is private was stated
  containers::Limits limits;
};

// A run of whole records of one file.
struct SavedPart {
  std::string name;     // of the file; in a container "export.zip: data/tweets.js"
  std::string crawled;  // when it answered, as the crawl says that it came out of; RFC 3339 UTC
  std::string bytes;
  std::uint64_t offset = 0;  // of its first byte in the file
  std::uint64_t number = 0;  // from 1
  bool is_whole = false;     // it is the whole file
  bool is_named = false;     // a person named the file; it came with no folder or container
  sources::Format format = nullptr;
  std::vector<sources::Slice> records;
  Error unread;  // when `format` is null: why nothing can be read from it
};

// A file, or an entry of one, of which nothing was given out.
struct LeftFile {
  std::string name;
  Error why;
  bool is_private = false;
  bool unopened = false;  // a person named it, and it could not be opened
};

class SavedFiles {
 public:
  // Begins at paths[first]; whose export it is may be said by any of them.
  SavedFiles(std::vector<SavedPath> paths, SavedWishes wishes, std::size_t first = 0);
  ~SavedFiles();

  // The next part; nothing at the end.  Never fails: what cannot be had is among take_left().
  std::optional<SavedPart> next();
  // The items of a part that was given out last.
  Result<sources::Reading> read(const SavedPart& part) const;

  // Since this was last asked.
  std::vector<LeftFile> take_left() { return std::exchange(left_, {}); }
  // Files in containers and folders that no reader knows: pictures, settings, lists of followers.  Likewise.
  PassedOver take_passed_over() { return std::exchange(passed_over_, {}); }
  // Of the paths given, how many were gone through to their end, or passed over at the beginning.
  std::size_t paths_done() const { return paths_done_; }

 private:
  struct Level;
  struct File;
  enum class Standing { kNamed, kInFolder, kInContainer };

  const sources::SavedContext& loose();
  void learn_in(base::ByteStream& stream, const std::string& beginning);
  void open_path();
  void open(base::ByteStream& stream, std::string name, containers::Entry as, Standing standing);
  void open_container(base::ByteStream& stream, std::string name, std::string beginning, Standing standing);
  void next_entry();
  void note_findings(Level& level);
  std::optional<SavedPart> next_part();
  void leave(std::string name, Error why, bool is_private = false);

  std::vector<SavedPath> paths_;
  SavedWishes wishes_;
  std::size_t at_ = 0;
  std::size_t paths_done_ = 0;
  std::unique_ptr<base::ByteStream> path_stream_;
  std::vector<std::unique_ptr<Level>> levels_;
  std::unique_ptr<File> file_;
  std::optional<sources::SavedContext> loose_;  // whose files they are that stand by themselves
  sources::SavedContext context_;               // of what is being read
  std::vector<LeftFile> left_;
  PassedOver passed_over_;
};

}  // namespace muniment::collect
