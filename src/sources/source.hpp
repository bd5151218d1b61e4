// What a platform's file answers, without ever touching the network: bytes in, interactions and the
// next requests out.  The harvest loop in collect/ carries the bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "muniment/result.hpp"
#include "records/interaction.hpp"
#include "sources/item.hpp"

namespace muniment::sources {

// Where a part of the source's credential is shown with a question.  A platform's file says where; what the
// part is, only the harvest loop knows.
struct Showing {
  enum class Place {
    kBearer,     // Authorization: Bearer PART
    kBasic,      // Authorization: Basic, of the parts `user` and PART
    kHeader,     // NAME: PART
    kParameter,  // ?NAME=PART; the address itself is kept and shown without it
    kJson,       // the field NAME of the body, a JSON object
  };
  Place place = Place::kBearer;
  std::string part = "token";
  std::string name = {};
};

// A field of the answer's JSON that is a secret too, from then on known as `part` and kept nowhere.
struct Lesson {
  std::string part;
  std::string field;
};

struct Ask {
  std::string url;
  std::string accept;        // Accept header; empty: none
  std::string about;         // id of the one item asked after; empty for listings
  bool conditional = false;  // may be sent with If-None-Match / If-Modified-Since
  bool optional = false;     // an error answer here does not make the poll incomplete; asked twice at most
  bool post = false;         // POST with `body`; else GET
  std::string body = {};     // holds no secret
  std::string content_type = {};
  std::vector<Showing> shows = {};
  std::vector<Lesson> learns = {};
  std::string step = {};  // the poll's own note on what the question is for, handed back as it is
  std::size_t page = 0;   // likewise: the page of a list that it asks for, or that led to it; 0: none
  bool at_once = false;   // before what waits to be asked already
  bool owed = false;      // optional, but asked again in later polls where it is not answered in this one
};

struct Answer {
  int status = 0;
  std::string url;   // final
  std::string link;  // Link header
  std::string content_type;
  std::string_view body;
  std::string total;             // X-WP-Total header: how many items the whole list is said to have
  std::string total_pages = {};  // X-WP-TotalPages header: likewise pages
};

struct Verdict {
  std::string id;
  Fate fate = Fate::kUnclear;
  int status = 0;
  std::string words;  // what the platform said: an error code, not prose
  // Of a notice in a saved file:
  std::string platform = {};  // the item's
  std::string by = {};        // id of the account that says so, where the notice names one
  std::string since = {};     // RFC 3339: when it went, as the notice claims
};

struct Reading {
  std::vector<Item> items;  // in page order; a slice lies within an earlier item's, or they do not overlap
  std::vector<Aside> asides = {};    // in page order, and not one within another
  std::vector<Ask> next;             // to be asked after this
  std::vector<Verdict> verdicts;     // about items asked after one by one; of a file, notices of deletion
  std::vector<std::string> remarks;  // for the coverage record: "the site listed 159 comments of 160"
  std::size_t others = 0;            // things read that are no items: a like, a follow, an account
  std::size_t without_zone = 0;      // times that do not say their zone, taken for the archive's
  std::size_t guessed = 0;           // items whose character set was guessed
  std::size_t mended = 0;            // pages or records of JSON in which half a surrogate pair became U+FFFD
  bool recovered = false;            // the page was not well-formed and was read as far as it made sense
  std::vector<std::string> faults =
      {};                     // what was not got although it was asked for: the poll is not complete
  std::uint64_t charged = 0;  // items that the platform counts against a paid allowance
  std::string credential_expires = {};  // RFC 3339, where the platform said so
  // A probe, a lookup or a login: it led to the lists, or said that there are none, and showed nothing of the
  // source.  A poll that got no other answer has failed.
  bool only_leads = false;
};

// An item that the archive holds from this source and believes present.
struct Held {
  std::string id;              // Interaction::id
  std::string local;           // Interaction::local, empty when it has none
  std::string reply_to;        // Interaction::reply_to
  std::string posted = {};     // Interaction::posted
  std::string author_id = {};  // Interaction::author.id
  std::string thread = {};     // Interaction::thread
  bool is_repost = false;      // Interaction::type
};

// What becomes of an optional question that was asked in vain: nothing, it is asked again in the next polls,
// or it was asked often enough, and what it would have shown is not captured.
enum class Later { kNothing, kAgain, kNever };

struct PollSettings {
  std::string url;              // as the officer gave it, normalised by normalise_url()
  std::string cursor;           // what cursor() answered at the end of the last complete poll; empty at first
  std::string now = {};         // RFC 3339
  bool has_credential = false;  // Ask::shows may be used
  std::string resume = {};      // what resume() answered when the last poll left questions; empty: it did not
};

// One poll of one source: a state machine fed with answers.  Bounded: it asks for at most as many pages
// as its platform's file states at its top.
class Poll {
 public:
  virtual ~Poll() = default;
  virtual std::vector<Ask> start() = 0;
  // kInvalid: the bytes are not what this platform sends; they are kept in the ledger all the same.
  virtual Result<Reading> read(const Ask& ask, const Answer& answer) = 0;
  // Called once when nothing is left to ask.  Answers with questions after those of `held` that should
  // have been listed and were not; Ask::about is the item's id.
  virtual std::vector<Ask> ask_after(const std::vector<Held>& held) = 0;
  // An optional question was asked for the last time in this poll, and not answered, or not so that it could
  // be read.
  virtual Later not_answered(const Ask& /*ask*/, const Error& /*why*/) { return Later::kNothing; }
  virtual std::string cursor() const = 0;
  // Where the next poll goes on when this one came to no end, or left optional questions of ask_after();
  // empty: it begins as this one did.  `unanswered`: the questions that were not asked, and those that had to
  // be answered and were not.
  virtual std::string resume(const std::vector<Ask>& /*unanswered*/) const { return {}; }
  // Has a complete poll left something to resume() although every question was asked?
  virtual bool owes() const { return false; }
};

// http(s) and imap(s) only; no user info, no fragment; the host in lower case; kInvalid says what is wrong.
Result<std::string> normalise_url(std::string_view url);

}  // namespace muniment::sources
