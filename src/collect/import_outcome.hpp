// What an import came to.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "collect/exchange.hpp"
#include "collect/passed_over.hpp"
#include "collect/reported.hpp"
#include "muniment/result.hpp"

namespace muniment::collect {

struct RefusedFile {
  std::string path;  // in a container "export.zip: data/tweets.js"
  Error why;
  bool kept = false;  // its bytes are in the ledger, marked unread: it could be opened, and nothing says that
                      // private items are among them
  bool unopened = false;  // a person named it, and it could not be opened
};

// What a parser noticed in a file that it read: entries left out, for example.
struct FileRemark {
  std::string path;
  std::string what;
};

inline constexpr std::size_t kMostFileRemarks = 1000;  // the ledger has them all, with each exchange

struct ImportOutcome {
  PageCounts counts;
  std::uint64_t files = 0;  // read or refused; those in containers count by themselves
  bool stopped = false;     // before everything was read, because somebody asked for it
  PassedOver passed_over;
  ReportCounts reports;  // of items that a file says are gone
  std::vector<RefusedFile> refused;
  std::vector<FileRemark> remarks;  // the first kMostFileRemarks
  std::map<std::string, std::uint64_t, std::less<>>
      withheld;  // private items that were not kept, by the reason

  ImportOutcome& operator+=(ImportOutcome&& more);

  // Neither an item nor the bytes of a file came into the archive.
  bool is_nothing() const;
  // Takes back that something was kept, where a container broke and nothing was.
  void say_what_is_kept();
};

}  // namespace muniment::collect
