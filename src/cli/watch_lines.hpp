// What is decided of a source, in words: how often it is polled, what it may cost, when its silence is an
// alarm.
#pragma once

#include <string>

#include "app/source_book.hpp"

namespace muniment::cli {

// "polled every 15m, with at most 3 requests a month"
std::string polling_words(const app::WatchPolicy& policy);
// "an alarm after 26 hours without a good poll, and 14 days before its credential ends"; the latter where it
// has one.
std::string alarm_words(const app::WatchPolicy& policy, bool has_credential);
// "the files that its items name are not fetched after each poll"
std::string media_words(const app::WatchPolicy& policy);
// What the last poll learnt of the source's credential: empty where none has shown this one yet.
std::string credential_state(const app::SourceState& source);
std::string credential_expires(const app::SourceState& source);
// "logs in with town-x, which the last poll found accepted; it ends 2027-01-31T00:00:00.000Z"; empty: with
// nothing.
std::string credential_words(const app::SourceState& source);

}  // namespace muniment::cli
