// Sources, their polls, and what makes a request conditional.
#include "base/time.hpp"
#include "index/writer.hpp"

namespace muniment::index {
namespace {

std::string_view given(const records::Body& body, std::string_view name) {
  return records::value_of(body, name).value_or(std::string_view{});
}

std::int64_t milliseconds(std::string_view time) {
  const auto parsed = base::parse_rfc3339(time);
  return parsed ? parsed->time_since_epoch().count() : 0;
}

// The value of a header in "name: value" lines; empty when it is not there.  `name` in lower case.
std::string_view header(std::string_view lines, std::string_view name) {
  while (!lines.empty()) {
    const auto end = lines.find('\n');
    const auto line = lines.substr(0, end);
    lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
    if (line.size() <= name.size() || line[name.size()] != ':') continue;
    bool same = true;
    for (std::size_t i = 0; i < name.size() && same; ++i) same = (line[i] | 0x20) == (name[i] | 0x20);
    if (!same) continue;
    const auto from = line.find_first_not_of(" \t", name.size() + 1);
    if (from == std::string_view::npos) return {};
    return line.substr(from, line.find_last_not_of(" \t\r") + 1 - from);
  }
  return {};
}

enum State : std::int64_t { kActive = 0, kPaused = 1, kRemoved = 2 };

}  // namespace

Status Writer::add_source(const records::Body& body) {
  const auto number = source_number(given(body, "name"));
  if (!number) return number.error();
  const auto action = given(body, "action");
  const auto state = action == "pause" ? kPaused : action == "remove" ? kRemoved : kActive;
  // An entry that pauses a source need not repeat what the entry that added it said.
  auto before = database_.prepare("SELECT platform, url, private, credential FROM source WHERE number = ?1");
  if (!before) return before.error();
  const auto row = before->bind(1, *number).step();
  if (!row) return row.error();
  const std::string platform(before->text(0));
  const std::string url(before->text(1));
  const auto asked = given(body, "allow-private");
  const bool is_private = asked.empty() && action != "add" ? before->integer(2) != 0 : asked == "yes";
  const auto credential =
      action == "add" ? std::string(given(body, "credential")) : std::string(before->text(3));
  before->reset();
  const auto new_platform = given(body, "platform");
  const auto new_url = given(body, "url");
  return sql_.set_source.bind(1, *number)
      .bind_text(2, new_platform.empty() ? platform : new_platform)
      .bind_text(3, new_url.empty() ? url : new_url)
      .bind(4, state)
      .bind(5, is_private ? 1 : 0)
      .bind_text(6, credential)
      .run();
}

Status Writer::add_coverage(const ledger::Entry& entry, const records::Body& body) {
  const auto name = given(body, "source");
  if (name.empty()) return {};
  const auto number = source_number(name);
  if (!number) return number.error();
  const auto finished = milliseconds(given(body, "finished"));
  const auto outcome = given(body, "outcome");
  if (outcome == "complete") {
    auto done =
        sql_.set_complete.bind(1, *number).bind(2, finished).bind_text(3, given(body, "cursor")).run();
    if (!done) return done;
  }
  return sql_.add_coverage.bind(1, static_cast<std::int64_t>(entry.seq))
      .bind(2, *number)
      .bind(3, milliseconds(given(body, "started")))
      .bind(4, finished)
      .bind_text(5, outcome)
      .run();
}

Status Writer::add_validators(const records::Body& body) {
  const auto name = given(body, "source");
  const auto url = given(body, "url");
  // Only an answer that came whole and was understood may spare us the next one.
  if (name.empty() || url.empty() || given(body, "status") != "200") return {};
  const auto number = source_number(name);
  if (!number) return number.error();
  const auto headers = given(body, "headers");
  const auto etag = header(headers, "etag");
  const auto modified = header(headers, "last-modified");
  if (!given(body, "unread").empty() || (etag.empty() && modified.empty()))
    return sql_.drop_validator.bind(1, *number).bind_text(2, url).run();
  return sql_.set_validator.bind(1, *number)
      .bind_text(2, url)
      .bind_text(3, etag)
      .bind_text(4, modified)
      .run();
}

}  // namespace muniment::index
