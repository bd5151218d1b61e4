#include "app/harvest.hpp"

#include <algorithm>
#include <optional>

#include "app/coverage.hpp"
#include "app/credentials.hpp"
#include "app/known_items.hpp"
#include "app/sources.hpp"
#include "collect/harvest.hpp"
#include "net/curl_transport.hpp"
#include "net/polite_transport.hpp"
#include "sources/platform.hpp"

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

// One source, with its credential where it names one.
Result<collect::PollOutcome> poll_one(Archive& archive, const index::SourceRow& row,
                                      collect::HarvestRun run) {
  const auto* platform = sources::platform_named(row.platform);
  std::optional<collect::Credential> credential;
  if (!row.credential.empty() && platform != nullptr) {
    auto opened = open_credential(archive.layout(), row.credential, platform->parts);
    if (opened)
      credential = *std::move(opened);
    else
      run.hindrance = opened.error().what;
  }
  run.credential = credential ? &*credential : nullptr;
  return collect::harvest({row.name, row.platform, row.url, row.allow_private, row.credential}, run);
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
  const collect::HarvestRun run{transport,       archive.appender(), archive.reader(), *known,
                                archive.clock(), wishes.progress,    wishes.stop};
  std::vector<collect::PollOutcome> outcomes;
  Status status;
  for (const auto& row : *rows) {
    if (wishes.stop != nullptr && wishes.stop->load()) break;
    auto outcome = poll_one(archive, row, run);
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
