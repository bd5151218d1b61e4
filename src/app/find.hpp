// Searching an archive, and telling all about one item.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/archive.hpp"
#include "app/attachments.hpp"
#include "index/found.hpp"
#include "index/item.hpp"
#include "index/query.hpp"
#include "index/search.hpp"

namespace muniment::app {

struct SearchWishes {
  std::string query;
  std::size_t limit = 20;  // 0: all
  index::Order order = index::Order::kNewest;
};

struct SearchAnswer {
  std::vector<index::Found> found;
  bool more = false;
  std::vector<std::string> remarks;
};

struct CountAnswer {
  std::uint64_t number = 0;
  std::vector<std::string> remarks;
};

// Dates in the query are days of the archive's time zone.  Never waits for a process that writes: answers
// from the index as it stands, and a remark says how many entries it lacks.  A few that it lacks are added
// first when nobody is writing it; an index that is missing or unsound is made.
Result<SearchAnswer> search(Archive& archive, const SearchWishes& wishes);
Result<CountAnswer> count(Archive& archive, const std::string& query);

// One version of an item, as its entry holds it.
struct VersionStory {
  ledger::Seq seq = 0;
  std::string kind;
  std::string leaf;    // base64
  std::string sealed;  // RFC 3339, our clock
  records::Body body;
  records::Interaction interaction;
  std::string exchange_url, exchange_status, exchange_method;
  bool from_file = false;  // nobody of ours asked for it: it was read from a file …
  std::string crawled;     // … out of a crawl that says that it came then, RFC 3339
  std::vector<AttachmentStory> attachments;
};

struct EventStory {
  ledger::Seq seq = 0;
  std::string kind;
  std::string leaf, sealed, fetched, status, words;
  std::string says = {}, by = {}, since = {};  // of absence-reported (docs/formats/capture.md)
  records::Body body = {};                     // empty when it was disposed of
};

struct ThreadStory {
  ledger::Seq seq = 0;
  std::optional<ledger::Seq> parent;  // what it answers, where the archive holds that
  std::string state;
  std::string account, posted, text;
  int depth = 0;  // 0 for ancestors and for the item; a reply is one deeper than what it answers
};

struct Story {
  std::optional<ledger::Seq> asked;  // the entry whose number was given; none for an identifier
  std::string platform, id, state;
  std::vector<VersionStory> versions;  // oldest first
  std::vector<EventStory> events;      // everything else that happened to it
  std::vector<ThreadStory> ancestors, descendants;
  std::vector<ThreadStory>
      forms;  // former versions that are items of their own; `posted`: when they were written
  bool ancestor_missing = false;
  bool descendants_cut = false;
  std::uint64_t checkpointed = 0;  // entries covered by the newest signed checkpoint
  std::vector<std::string> remarks;
};

// `id`: as named() takes it; the number may be that of any of its entries.  Never waits, as search();
// kNotFound where it is not held, and kUnavailable where that cannot be told, for the index lacks entries.
Result<Story> show(Archive& archive, const std::string& id);

// The same from an index that is whole: all that the ledger holds of the item.
Result<Story> show_whole(Archive& archive, const std::string& id);

// `lists`, each with_items_named().  Waits for an index that is whole.
Result<std::vector<std::string>> with_items_named(Archive& archive, std::vector<std::string> lists);

}  // namespace muniment::app
