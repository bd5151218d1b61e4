// Received pages, put together again from the bodies of their items as these go by.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "verify/deep.hpp"
#include "verify/exchange.hpp"
#include "verify/packed_body.hpp"
#include "verify/report.hpp"
#include "verify/stored_bodies.hpp"

namespace muniment::verify {

// One thread's, over runs of entries in the order of their numbers.  An item that did not go by, or long ago,
// is read from the archive again.
class PageCheck {
 public:
  // Both are used until the end.
  PageCheck(const DeepOptions& options, Report& report);

  // `end`: of the run, the first entry that will not go by.
  void begin(std::uint64_t end) { end_ = end; }
  // A body that matches its commitment.
  void keep(std::uint64_t seq, const OpenBody& body, bool is_exchange);
  // Nothing up to `seq` is still to come.
  void passed(std::uint64_t seq);
  // Whatever the run left to be done.
  void finish();

  std::uint64_t whole() const { return whole_; }      // compared
  std::uint64_t in_part() const { return in_part_; }  // items of them are gone

 private:
  struct Kept {
    std::uint64_t seq = ~std::uint64_t{0};
    bool present = false;
    std::string raw;
  };
  struct Page {
    Exchange exchange;
    std::string bytes;
  };

  void put_together(Exchange exchange);
  void compare();
  const std::string* raw_of(std::uint64_t seq);

  const DeepOptions& options_;
  Report& report_;
  std::uint64_t end_ = 0;
  std::uint64_t whole_ = 0, in_part_ = 0;
  std::vector<Kept> kept_;
  std::deque<Exchange> waiting_;
  std::array<Page, 16> pages_;
  std::size_t complete_ = 0;        // of pages_
  std::size_t complete_bytes_ = 0;  // of these
  std::optional<StoredBodies> far_;
  std::optional<std::string> far_raw_;
};

}  // namespace muniment::verify
