// An interaction as every platform's parser hands it on: a post, comment, reply or page, in our terms.
// An empty text means "not given".  Field names in the ledger: docs/formats/capture.md.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "records/body.hpp"

namespace muniment::records {

struct Account {
  std::string id;      // the platform's own, stable identifier
  std::string handle;  // user@host or user, without a leading @
  std::string name;    // display name; text that people redact
  std::string url;
};

struct Media {
  std::string url;
  std::string type;  // as the platform calls it: image, video, image/png
  std::string alt;   // description for those who do not see it; text that people redact
};

struct Interaction {
  std::string platform;  // "wordpress", "mastodon", "feed"
  std::string id;        // identifies the item among all of its platform, for ever; see docs/sources.md
  std::string local;     // the item's name on the server it was read from, where others refer to it by that
                         // ("host/number"); reply_to and quote_of name an item by its id or by this
  std::string url;       // where a person can look at it
  std::string type;      // "post", "comment", "page", "reply", "repost", "review"
  Account author;
  std::string posted;   // RFC 3339 UTC with milliseconds, from what the platform claims
  std::string edited;   // likewise; when the platform says it was last changed
  std::string text;     // readable text; raw keeps the mark-up
  std::string summary;  // title, or content warning
  std::string lang;
  std::string visibility;  // as the platform calls it: "public", "unlisted", "publish"
  std::string reply_to;    // id, or local name, of the item answered
  std::string thread;      // id of the thread's first item, where the platform says so
  std::string quote_of;
  std::string repost_of;
  Account repost_author;  // of a repost: who said first what it repeats, where the platform says
  std::string edit_of;    // id of the item that this is a version of, where each version has an id of its own
  std::string revision;   // the platform's own name of this version, where it has one and the item's id stays
  std::vector<std::string> mentions;  // handles
  std::vector<std::string> tags;      // without #
  std::vector<std::string> links;
  std::vector<Media> media;
  std::vector<std::pair<std::string, std::uint64_t>> counts;  // name, value: "replies", 3
};

// Adds the interaction's fields, whose values are moved out of it.  Lists become one field each, a line an
// item.
void add_fields(BodyBuilder& body, Interaction&& interaction);

// The same interaction from an entry's body (missing fields stay empty).
Interaction interaction_of(const Body& body);

// What makes a version: two captures with equal content texts are the same version.  Counters and
// the time of capture are not content, nor who a repost's original is by (repost_of says which it is), nor
// what a server calls items among its own (local, and
// reply_to of an item that has a local name): the same item read from two servers is one version.
// Unambiguous: lengths precede values.
std::string version_content(const Interaction& interaction);
void append_version_content(std::string& out, const Interaction& interaction);

// Is all content that `item` gives what `other` gives, too?  Text, summary and media must be the same; of the
// rest it may leave out what it likes.
bool leaves_out_only(const Interaction& item, const Interaction& other);

}  // namespace muniment::records
