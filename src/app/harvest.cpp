#include "app/harvest.hpp"

#include <algorithm>
#include <optional>

#include "app/coverage.hpp"
#include "app/known_items.hpp"
#include "app/source_book.hpp"
#include "app/source_poll.hpp"
#include "app/sources.hpp"
#include "app/turn.hpp"
#include "app/zone.hpp"
#include "collect/harvest.hpp"
#include "net/curl_transport.hpp"
#include "net/polite_transport.hpp"

namespace muniment::app {
namespace {

Result<std::vector<index::SourceRow>> chosen(Archive& archive, const std::vector<std::string>& names) {
  auto all = list_sources(archive);
  if (!all) return all.error();
  if (names.empty()) {
    std::erase_if(*all, [](const auto& row) { return row.state != index::SourceRow::State::kActive; });
    return all;
  }
  std::vector<index::SourceRow> out;
  for (const auto& name : names) {
    const auto row = std::find_if(all->begin(), all->end(), [&](const auto& r) { return r.name == name; });
    if (row == all->end())
      return Error{Code::kNotFound, "there is no source named " + name + "; nothing was asked",
                   "`muniment source list` shows them"};
    if (row->state != index::SourceRow::State::kActive)
      return Error{Code::kConflict, name + " is paused; nothing was asked",
                   "`muniment source resume " + name + "`"};
    out.push_back(*row);
  }
  return out;
}

// Nothing: it may be asked now, or a budget decides.
std::optional<base::Time> left_alone_until(const SourceState& source, base::Time now) {
  const auto until = source.not_before();
  if (!source.last || !source.record.budget.empty() || until <= now) return std::nullopt;
  const base::Time polled{std::chrono::milliseconds{source.last->finished}};
  if (polled > now) return std::nullopt;  // the clock was wrong, then or now
  return until;
}

}  // namespace

Result<std::vector<collect::PollOutcome>> harvest(Archive& archive, const HarvestWishes& wishes) {
  const auto rows = chosen(archive, wishes.sources);
  if (!rows) return rows.error();
  auto known = KnownItems::open(archive);
  if (!known) return known.error();
  net::CurlTransport::Settings settings;
  settings.user_agent = net::user_agent(archive.settings().authority, archive.settings().contact);
  settings.stop = wishes.stop;
  net::CurlTransport network(archive.clock(), settings);
  net::PoliteTransport polite(network, archive.clock(), {}, wishes.stop);
  net::Transport& transport = wishes.transport != nullptr ? *wishes.transport : polite;
  SourceBook book(archive);
  if (auto looked = book.look(); !looked) return looked.error();
  const collect::PollRun run{
      .ledgers = {archive.appender(), archive.reader(), *known, archive.clock()},
      .progress = wishes.progress,
      .stop = wishes.stop,
      .closed_until = [&](const std::string& url) { return polite.closed_until(url); }};
  const auto poll_one = [&](const std::string& name) -> Result<collect::PollOutcome> {
    const auto poll = SourcePoll::begin(archive, book, book.sources().at(name), run);
    if (!poll) return poll.error();
    return collect::play((*poll)->steps(), transport, archive.clock(), wishes.stop);
  };
  std::vector<collect::PollOutcome> outcomes;
  Status status;
  for (const auto& row : *rows) {
    if (wishes.stop != nullptr && wishes.stop->load()) break;
    const auto turn = Turn::to_poll(archive.layout(), row.name);
    if (!turn && wishes.sources.empty()) {
      if (wishes.remark) wishes.remark(row.name + " was not asked: another program is polling it");
      continue;
    }
    if (!turn) {
      status = Error{Code::kUnavailable, row.name + " is being polled by another program; nothing was asked",
                     "`muniment status` tells when it was polled last"};
      break;
    }
    // Those before it may have taken hours.
    if (status = book.look_before_polling(row.name); !status) break;
    const auto& source = book.sources().at(row.name);
    if (source.row.state != index::SourceRow::State::kActive) {
      if (wishes.remark) wishes.remark(row.name + " was not asked: it was paused or removed meanwhile");
      continue;
    }
    if (const auto until = left_alone_until(source, archive.clock().now())) {
      if (wishes.remark)
        wishes.remark(row.name + " was not asked: its host wants to be left alone until " +
                      local_text(archive.settings().timezone, *until));
      continue;
    }
    auto outcome = poll_one(row.name);
    if (!outcome) {
      status = wrap(outcome.error(), row.name);
      break;
    }
    outcomes.push_back(*std::move(outcome));
  }
  if (auto noted = note_gaps(archive); !noted && status) status = noted.error();
  if (auto note = archive.sign(); !note && status) status = note.error();
  if (auto index = archive.projection(); !index && status) status = index.error();
  if (!status) return status.error();
  return outcomes;
}

}  // namespace muniment::app
