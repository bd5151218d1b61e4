// The dates in a query: they limit the range of documents, and stand nowhere but beside all other words.
#pragma once

#include <cstdint>
#include <functional>

#include "index/query.hpp"
#include "index/words_reader.hpp"

namespace muniment::index {

// Seconds since 1970 at which a civil day begins where the officer is.  Empty: in UTC.
using StartOfDay = std::function<std::int64_t(int year, unsigned month, unsigned day)>;

// after:, before: or on:
bool is_date(const Node& node);
Error misplaced_date(const Node& node);

// Narrows the range to what the date leaves of it.  kInvalid: NOT on:, which leaves two ranges.
Status limit(DocRange& range, const Node& date, bool negated, const StartOfDay& start_of_day);

}  // namespace muniment::index
