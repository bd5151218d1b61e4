// The pages that one import has read: a file that comes again, later in the same command, brings nothing.  Of
// pages of earlier commands the catalogue knows; of these it may not, for they are only being written.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string_view>

#include "collect/catalogue.hpp"
#include "ledger/entry.hpp"
#include "muniment/result.hpp"
#include "sources/source.hpp"

namespace muniment::collect {

// What a page was read as: the names of its items hang on more than its bytes (whose export it is, how many
// alike came before in its file).  0: it could not be read.
std::uint64_t read_as(const Result<sources::Reading>& reading, const Catalogue& catalogue);

class PagesRead {
 public:
  bool has(std::string_view page, std::uint64_t as) const;
  // `digest`: the page's SHA-256 in hexadecimal digits.  `exchange`: the entry that brings it, or would.
  void add(std::string_view digest, std::size_t size, std::uint64_t as, ledger::Seq exchange);
  // Forgets the pages of exchanges from this one on: they were never written.
  void forget_from(ledger::Seq exchange);

 private:
  using Key = std::array<std::uint64_t, 3>;  // the first half of the SHA-256; read_as()
  static Key key_of(std::string_view digest, std::uint64_t as);

  std::map<Key, ledger::Seq> pages_;
  std::set<std::size_t> sizes_;  // so that a page of another size need not be hashed
};

}  // namespace muniment::collect
