// Files that hold other files: ZIP, TAR, compressed ones, and crawls (WARC, ARC).  All that comes out of them
// is hostile: nothing is ever written to disk, and what goes over a limit ends the reading with an error.
//
// A container is read once, from front to back, on a stream of bytes; what it holds comes as another such
// stream. Only plain files are given out.  Links, devices, encrypted entries and names that would lead out of
// a folder are findings: each is named, and the next entry is gone on with.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/stream.hpp"
#include "muniment/result.hpp"

namespace muniment::containers {

inline constexpr std::uint64_t kWindow = 128ULL << 20;  // `zstd --long`, without a number

struct Limits {
  std::uint64_t entries = 1'000'000;
  std::uint64_t unpacked = 256ULL << 30;  // bytes, of all entries together
  std::uint64_t ratio = 250;              // unpacked to packed …
  std::uint64_t unjudged = 64ULL << 20;   // … beyond this many bytes
  std::uint64_t name_bytes = 4'096;
  std::uint64_t record_bytes = 64ULL << 20;  // of one answer in a crawl, before and after decoding
  std::uint64_t window = kWindow;            // of zstd; so much memory may be taken to unpack
};

struct Entry {
  std::string name;    // UTF-8; empty: the one thing that a compressed file holds
  std::string origin;  // the address that answered with it, in a crawl
  std::string date =
      {};  // when, as the crawl says, RFC 3339 UTC; empty: it does not say, or nothing sensible
};

// Something that was not given out.
struct Finding {
  std::string name;
  std::string why;
};

// The hint of an error in the middle of a container.
inline constexpr char kKeptBefore[] = "What was read before that is kept.";

class Container {
 public:
  virtual ~Container() = default;
  // The next plain file; nothing at the end.  kInvalid: the container is broken here, or goes over a limit;
  // what came before stands.
  virtual Result<std::optional<Entry>> next() = 0;
  // Of the entry that next() gave, until next() is called again.  It need not be read to its end.
  virtual base::ByteStream& content() = 0;
  // What was found since this was last asked.
  std::vector<Finding> take_findings() { return std::exchange(findings_, {}); }

 protected:
  void find(std::string name, std::string why) { findings_.push_back({std::move(name), std::move(why)}); }

 private:
  std::vector<Finding> findings_;
};

// From the first 512 bytes.
bool is_container(std::string_view beginning);
// Does it take more memory than kWindow to unpack this?  So say a few bytes at its beginning, which may be
// anybody's.
bool asks_for_large_window(std::string_view beginning);
// `stream` stands at its beginning and outlives the container.  kInvalid also when it asks for a larger
// window than is granted; nothing was taken then.
Result<std::unique_ptr<Container>> open_container(base::ByteStream& stream, std::string_view beginning,
                                                  const Limits& limits);

// Why a name may not be an entry's: it is empty, absolute, or leads out of the folder it would be unpacked
// in. Empty: it may.
std::string_view fault_of_name(std::string_view name);

}  // namespace muniment::containers
