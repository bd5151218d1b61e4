// What people call the columns of a table, in English, German and Dutch.
#pragma once

#include <span>
#include <string_view>

#include "sources/table_head.hpp"

namespace muniment::sources {

// What people call a column; the first that a table has is taken.  Small letters, one space between words.
inline constexpr std::string_view kText[] = {"text",    "message",   "content",   "comment", "body",
                                             "post",    "nachricht", "kommentar", "inhalt",  "beitrag",
                                             "bericht", "reactie",   "inhoud"};
inline constexpr std::string_view kPosted[] = {
    "posted", "created",  "created at", "date and time",     "timestamp",     "time",
    "date",   "date utc", "sent",       "datum und uhrzeit", "datum en tijd", "zeitpunkt",
    "datum",  "zeit",     "tijd",       "gesendet",          "verzonden"};
inline constexpr std::string_view kId[] = {"id",  "message id",   "post id", "comment id", "reference",
                                           "ref", "aktenzeichen", "vorgang", "kenmerk",    "nummer"};
inline constexpr std::string_view kChannel[] = {"platform", "network", "channel",
                                                "source",   "kanal",   "kanaal"};
inline constexpr std::string_view kName[] = {"author name", "name",     "author",   "from",
                                             "sender",      "user",     "absender", "von",
                                             "verfasser",   "afzender", "van",      "naam"};
inline constexpr std::string_view kHandle[] = {"handle", "username", "user name", "screen name",
                                               "author handle"};
inline constexpr std::string_view kAccount[] = {"author id", "user id", "account", "account id"};
inline constexpr std::string_view kTitle[] = {"title", "subject", "summary", "betreff", "titel", "onderwerp"};
inline constexpr std::string_view kUrl[] = {"url", "link", "permalink", "address"};
inline constexpr std::string_view kReply[] = {"reply to", "in reply to", "parent id", "parent"};
inline constexpr std::string_view kThread[] = {"thread", "thread id", "conversation", "conversation id"};
inline constexpr std::string_view kType[] = {"type", "kind"};
inline constexpr std::string_view kLang[] = {"lang", "language"};
inline constexpr std::string_view kVisibility[] = {"visibility", "privacy", "sichtbarkeit", "zichtbaarheid"};

using Names = std::span<const std::string_view>;

// How many of the columns have a name that is among those above.
std::size_t count_known(const TableHead& head);

// Rows under a head: all of the first rows have as many cells as it has names, two at least, and two names
// are known, or all are such as columns have.  A letter with commas in it is none.
bool looks_like_table(std::string_view bytes);

}  // namespace muniment::sources
