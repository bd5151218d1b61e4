// A case file as the exporters see it: records with all their versions, in order of time.  Nothing is
// withheld: a case file is for inside the house.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace muniment {

// One entry about a record: a version of it, or what became of it.
struct CaseVersion {
  std::uint64_t seq = 0;
  std::string kind;       // of the entry: "capture", "edit-seen", "deletion-seen", …
  std::string leaf_hash;  // base64
  std::string sealed;     // time of the leaf
  std::string fetched;    // when it was captured
  std::string posted;     // what the platform claims; likewise `edited`
  std::string edited;
  std::string written;     // of a contact: when it was written down, as its writer states
  std::string entered;     // likewise: who entered it
  std::string written_by;  // likewise: who wrote it down, when that was somebody else
  std::string late;        // why it is a late entry; empty: it is not one
  std::string spoken_to;
  std::vector<std::string> supplied;  // names and types of the files that came with it
  std::string source;
  std::string exchange;  // number of the entry that holds the answer it came in
  std::string summary;
  std::string text;
  bool disposed = false;  // the words are gone; the entry remains
};

struct CaseRecord {
  std::string id;
  std::string local;  // its name on the server it was read from, by which others may refer to it
  std::string platform;
  std::string type;
  std::string url;
  std::string visibility;  // as the platform calls it: "direct"
  std::string author_name;
  std::string author_handle;
  std::string reply_to;            // id, or local name, of the item answered
  std::string repost_of;           // of the item whose words these are
  std::string repost_author_name;  // who said them first
  std::string repost_author_handle;
  std::string quote_of;
  std::string thread;
  std::string order;                  // the time it stands at in the file
  std::vector<CaseVersion> versions;  // ascending by seq
};

// How well a source was watched while the records were made.
struct CaseCoverage {
  std::string source;
  std::string from;  // of the first poll
  std::string to;    // end of the last poll
  std::uint64_t polls = 0;
  std::uint64_t incomplete = 0;
};

struct CaseFile {
  std::string title;
  std::string authority;
  std::string origin;
  std::string made;   // RFC 3339
  std::string actor;  // who had it made; may be empty
  std::string agent;
  std::string timezone;
  std::vector<CaseRecord> records;  // in order of time
  std::vector<CaseCoverage> coverage;
};

}  // namespace muniment
