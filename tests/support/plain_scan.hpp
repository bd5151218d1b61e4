// What a search must answer, found by looking at every version in turn: the measure for the index.
#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <string>

#include "index/query.hpp"
#include "support/followed_entries.hpp"

namespace muniment::support {

// Captures, edits and events about few items with few words, posted in any order, now and then at the same
// moment.
FollowedEntries random_entries(std::uint32_t seed, int count);

// A version as it stands after all entries.
struct PlainVersion {
  std::string words;  // with a blank before each
  bool reply = false;
  bool edited = false;
  std::string state = "current";
  std::string posted;
};

std::map<ledger::Seq, PlainVersion> plain_versions(const FollowedEntries& entries);

// Knows words, phrases, beginnings, is: and the operators; dates, accounts and the rest it does not.
bool matches(const index::Node& query, const PlainVersion& version);

// A query of what matches() knows; its words are among those of random_entries, mostly.
std::string random_query(std::mt19937& random, int depth = 0);

}  // namespace muniment::support
