#include "app/media.hpp"

#include <algorithm>

#include "app/known_media.hpp"
#include "app/source_history.hpp"
#include "app/sources.hpp"
#include "net/curl_transport.hpp"
#include "net/polite_transport.hpp"

namespace muniment::app {
namespace {

using collect::MediaStep;
using collect::SourceSettings;
using ledger::Seq;

constexpr std::chrono::minutes kLongestFile{10};
constexpr int kRetries = 1;  // in a run; what fails is asked for again by a later one

// Of whose items the files are fetched; one without a name stands for saved files.
Result<std::vector<SourceSettings>> chosen(Archive& archive, const MediaWishes& wishes) {
  if (wishes.imported) return std::vector<SourceSettings>{{}};
  const auto rows = list_sources(archive);
  if (!rows) return rows.error();
  std::vector<SourceSettings> out;
  for (const auto& row : *rows) {
    const bool named = std::ranges::find(wishes.sources, row.name) != wishes.sources.end();
    const bool active = row.state == index::SourceRow::State::kActive;
    if (wishes.sources.empty() ? active : named)
      out.push_back({row.name, row.platform, row.url, row.allow_private, {}});
  }
  for (const auto& name : wishes.sources)
    if (std::ranges::find(out, name, &SourceSettings::name) == out.end())
      return Error{Code::kNotFound, "there is no source named " + name + "; nothing was asked",
                   "`muniment source list` shows them"};
  return out;
}

class Run {
 public:
  Run(Archive& archive, const MediaWishes& wishes, KnownMedia known)
      : archive_(archive), wishes_(wishes), known_(std::move(known)) {}

  Result<MediaAnswer> over(const std::vector<SourceSettings>& sources, net::Transport& transport) {
    const collect::MediaRun run{transport,        archive_.appender(), archive_.reader(), known_,
                                archive_.clock(), archive_.entropy(),  wishes_.stop};
    collect::MediaFetch fetch(run);
    Status status;
    for (const auto& source : sources)
      if (status = one(source, fetch); !status) break;
    if (auto note = archive_.sign(); !note && status) status = note.error();
    if (auto index = archive_.projection(); !index && status) status = index.error();
    if (!status) return status.error();
    for (const auto& source : sources) {
      const auto counts = known_.media().counts(source.name);
      if (!counts) return counts.error();
      out_.held.held += counts->held;
      out_.held.never_asked += counts->never_asked;
      out_.held.later += counts->later;
      out_.held.refused += counts->refused;
    }
    return out_;
  }

 private:
  bool is_over() const {
    return out_.bytes >= wishes_.most_run || (wishes_.stop != nullptr && wishes_.stop->load());
  }

  Status one(const SourceSettings& source, collect::MediaFetch& fetch) {
    const auto now = archive_.clock().now().time_since_epoch().count();
    const auto wanted = known_.media().to_ask(source.name, now, wishes_.refused_too);
    if (!wanted) return wanted.error();
    for (std::size_t i = 0; i < wanted->size(); ++i) {
      if (is_over()) {
        out_.left += wanted->size() - i;
        return {};
      }
      const auto& row = (*wanted)[i];
      const auto outcome = fetch.fetch(source, {row.version, row.place, row.entry});
      if (!outcome) return wrap(outcome.error(), source.name);
      count(*outcome);
      if (wishes_.progress) wishes_.progress(*outcome);
    }
    return {};
  }

  void count(const collect::MediaOutcome& outcome) {
    out_.bytes += outcome.bytes;
    switch (outcome.step) {
      case MediaStep::kKept:
        ++out_.kept;
        break;
      case MediaStep::kSame:
        ++out_.same;
        break;
      case MediaStep::kLater:
        ++out_.later;
        ++out_.reasons[std::string(outcome.fault.reason)];
        break;
      case MediaStep::kRefused:
        ++out_.refused;
        ++out_.reasons[std::string(outcome.fault.reason)];
        break;
      case MediaStep::kLeft:
        ++out_.left;
        break;
      case MediaStep::kNothing:
        break;
    }
  }

  Archive& archive_;
  const MediaWishes& wishes_;
  KnownMedia known_;
  MediaAnswer out_;
};

}  // namespace

Result<MediaAnswer> fetch_media(Archive& archive, const MediaWishes& wishes) {
  if (wishes.most_file > ledger::kMostAttachmentBytes)
    return Error{Code::kInvalid, "a file of more than " +
                                     std::to_string(ledger::kMostAttachmentBytes >> 20U) +
                                     " MiB cannot be sealed; nothing was asked"};
  const auto sources = chosen(archive, wishes);
  if (!sources) return sources.error();
  auto known = KnownMedia::open(archive);
  if (!known) return known.error();
  net::CurlTransport::Settings settings;
  settings.user_agent = net::user_agent(archive.settings().authority, archive.settings().contact);
  settings.stop = wishes.stop;
  settings.limits.body_bytes = wishes.most_file;
  settings.limits.total = kLongestFile;
  net::CurlTransport network(archive.clock(), settings);
  net::Manners manners;
  manners.retries = kRetries;
  net::PoliteTransport polite(network, archive.clock(), manners, wishes.stop);
  net::Transport& transport = wishes.transport != nullptr ? *wishes.transport : polite;
  return Run(archive, wishes, *std::move(known)).over(*sources, transport);
}

Result<std::vector<std::string>> sources_with_media(Archive& archive, const std::vector<std::string>& names) {
  const auto sources = source_histories(archive);
  if (!sources) return sources.error();
  std::vector<std::string> out;
  const auto is_meant = [&](const index::SourceRow& row) {
    return names.empty() ? row.state == index::SourceRow::State::kActive
                         : std::ranges::find(names, row.name) != names.end();
  };
  for (const auto& source : *sources)
    if (source.policy.media && is_meant(source.row)) out.push_back(source.row.name);
  return out;
}

}  // namespace muniment::app
