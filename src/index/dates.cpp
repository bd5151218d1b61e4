#include "index/dates.hpp"

#include <algorithm>

#include "base/time.hpp"
#include "index/document_number.hpp"

namespace muniment::index {
namespace {

// A month or a year begins with its first day.
std::int64_t start_of(const Date& date, const StartOfDay& start_of_day) {
  const unsigned month = std::max(date.month, 1U);
  const unsigned day = std::max(date.day, 1U);
  if (start_of_day) return start_of_day(date.year, month, day);
  const auto time = base::from_civil(date.year, month, day);
  return time ? time->time_since_epoch().count() / 1000 : 0;
}

Date following(Date date) {
  if (date.month == 0) return {date.year + 1, 0, 0};
  if (date.day != 0) {
    if (base::from_civil(date.year, date.month, date.day + 1)) return {date.year, date.month, date.day + 1};
    date.day = 1;
  }
  return date.month < 12 ? Date{date.year, date.month + 1, date.day} : Date{date.year + 1, 1, date.day};
}

}  // namespace

bool is_date(const Node& node) {
  return node.kind == Node::Kind::kFilter &&
         (node.filter == Filter::kAfter || node.filter == Filter::kBefore || node.filter == Filter::kOn);
}

Error misplaced_date(const Node& node) {
  return {Code::kInvalid,
          "the date at character " + std::to_string(node.at + 1) + " stands inside OR, brackets or NOT",
          "put after:, before: and on: beside the other words; they limit the whole search"};
}

Status limit(DocRange& range, const Node& date, bool negated, const StartOfDay& start_of_day) {
  if (date.filter == Filter::kOn && negated) return misplaced_date(date);
  const auto first_of = [&](const Date& day) {
    return first_doc(std::max<std::int64_t>(start_of(day, start_of_day), 0));
  };
  const bool is_earliest = date.filter == Filter::kOn || (date.filter == Filter::kAfter) != negated;
  const bool is_latest = date.filter == Filter::kOn || !is_earliest;
  if (is_earliest) range.first = std::max(range.first, first_of(date.date));
  if (is_latest) {
    const auto end = first_of(date.filter == Filter::kOn ? following(date.date) : date.date);
    range.last = std::min(range.last, end - 1);
  }
  return {};
}

}  // namespace muniment::index
