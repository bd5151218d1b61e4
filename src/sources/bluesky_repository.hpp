// A repository of atproto in a CAR: which records it holds, and under which names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "muniment/result.hpp"
#include "sources/slice.hpp"

namespace muniment::sources {

struct RepositoryRecord {
  std::string path;  // "app.bsky.feed.post/3k…"
  std::string cid;
  Slice place;  // of the record's block in the file
};

struct Repository {
  std::string did;
  std::vector<RepositoryRecord> records;  // as they stand in the file
  std::vector<std::string> remarks;       // what does not match, or is not there
};

// Only what the signed root leads to is in the repository: other blocks are left over from earlier.
// kInvalid: no CAR, or its root is no commit.
Result<Repository> read_repository(std::string_view bytes);

}  // namespace muniment::sources
