// Sources, their polls, what makes a request conditional; and the register of entries that are about no item.
#include "index/writer.hpp"

namespace muniment::index {
namespace {

enum State : std::int64_t { kActive = 0, kPaused = 1, kRemoved = 2 };

}  // namespace

Result<std::int64_t> Writer::source_number(std::string_view name) {
  if (const auto known = sources_.find(std::string(name)); known != sources_.end()) return known->second;
  for (auto* statement : {&sql_.source, &sql_.add_source}) {
    const auto found = statement->bind_text(1, name).step();
    if (!found) return found.error();
    const std::int64_t number = *found ? statement->integer(0) : 0;
    // An INSERT takes effect only when it has been stepped to its end.
    const auto end = *found ? statement->step() : found;
    statement->reset();
    if (!end) return end.error();
    if (!*found) continue;
    sources_.emplace(name, number);
    return number;
  }
  return Error{Code::kInternal, "the index gave no number to a new source"};
}

Status Writer::write_source_rows(const Gathered& gathered) {
  for (const auto& one : gathered.rows) {
    auto done = std::visit([&](const auto& row) { return write_row(row); }, one.row);
    if (!done) return done;
  }
  return {};
}

Status Writer::write_row(const SourceChange& change) {
  const auto number = source_number(change.name);
  if (!number) return number.error();
  // An entry that pauses a source need not repeat what the entry that added it said.
  auto before =
      database_.prepare("SELECT platform, url, private, credential, state FROM source WHERE number = ?1");
  if (!before) return before.error();
  const auto row = before->bind(1, *number).step();
  if (!row) return row.error();
  const std::string platform(before->text(0));
  const std::string url(before->text(1));
  const auto& asked = change.allow_private;
  const bool is_private = asked.empty() && change.action != "add" ? before->integer(2) != 0 : asked == "yes";
  const auto credential = change.action == "add" ? change.credential : std::string(before->text(3));
  // An action that is none of these changes what the ledger knows of the source, and not its state.
  const auto& action = change.action;
  const auto state = action == "add" || action == "resume" ? std::int64_t{kActive}
                     : action == "pause"                   ? std::int64_t{kPaused}
                     : action == "remove"                  ? std::int64_t{kRemoved}
                                                           : before->integer(4);
  before->reset();
  // What is known of another address says nothing of this one: neither where its lists were read to, nor
  // whose they are.
  const bool moves = action == "add" && !url.empty() && (url != change.url || platform != change.platform);
  if (moves)
    if (auto moved = sql_.move_source.bind(1, *number).bind(2, change.at).run(); !moved) return moved;
  return sql_.set_source.bind(1, *number)
      .bind_text(2, change.platform.empty() ? platform : change.platform)
      .bind_text(3, change.url.empty() ? url : change.url)
      .bind(4, state)
      .bind(5, is_private ? 1 : 0)
      .bind_text(6, credential)
      .run();
}

Status Writer::write_row(const Poll& poll) {
  const auto number = source_number(poll.source);
  if (!number) return number.error();
  if (poll.outcome == "complete") {
    // One that began at the address before and ended after that vouches for nothing here.  One that also
    // ended before, and is written after, shows that the clock was wrong in between.
    auto done = sql_.set_complete.bind(1, *number)
                    .bind(2, poll.finished)
                    .bind_text(3, poll.cursor)
                    .bind(4, poll.started)
                    .run();
    if (!done) return done;
  }
  auto ended = sql_.drop_unended.bind(1, *number).bind(2, static_cast<std::int64_t>(poll.seq)).run();
  if (!ended) return ended;
  return sql_.add_coverage.bind(1, static_cast<std::int64_t>(poll.seq))
      .bind(2, *number)
      .bind(3, poll.started)
      .bind(4, poll.finished)
      .bind_text(5, poll.outcome)
      .run();
}

Status Writer::write_row(const Answered& answered) {
  const auto number = source_number(answered.source);
  if (!number) return number.error();
  return sql_.add_unended.bind(1, *number).bind(2, static_cast<std::int64_t>(answered.seq)).run();
}

Status Writer::write_row(const Answer& answer) {
  const auto number = source_number(answer.source);
  if (!number) return number.error();
  if (answer.etag.empty() && answer.modified.empty())
    return sql_.drop_validator.bind(1, *number).bind_text(2, answer.url).run();
  return sql_.set_validator.bind(1, *number)
      .bind_text(2, answer.url)
      .bind_text(3, answer.etag)
      .bind_text(4, answer.modified)
      .run();
}

Status Writer::write_row(const Registered& entry) {
  return sql_.register_entry.bind_text(1, entry.kind).bind(2, static_cast<std::int64_t>(entry.seq)).run();
}

}  // namespace muniment::index
