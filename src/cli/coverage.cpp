#include "app/coverage.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <ostream>

#include "app/zone.hpp"
#include "base/money.hpp"
#include "base/so_many.hpp"
#include "base/time.hpp"
#include "base/utf8.hpp"
#include "cli/commands.hpp"
#include "cli/open.hpp"

namespace muniment::cli {
namespace {

using app::CoverageStory;

constexpr std::array kOptions = {
    Option{"--source", "NAME", "this source only; otherwise every one there ever was"},
    Option{"--from", "DAY", "begin with this day, or time; otherwise with the first poll"},
    Option{"--to", "DAY", "end with this day, itself included; otherwise now"},
    Option{"--json", "", "one JSON object a source"},
};

const char* state_words(index::SourceRow::State state) {
  if (state == index::SourceRow::State::kPaused) return "paused";
  return state == index::SourceRow::State::kRemoved ? "removed" : "active";
}

boost::json::value time_or_null(const std::string& time) {
  return time.empty() ? boost::json::value(nullptr) : boost::json::value(time);
}

// What items cost, in each currency.
std::vector<std::string> costs(const app::PollSums& sums) {
  std::vector<std::string> out;
  for (const auto& [currency, millionths] : sums.cost)
    out.push_back(base::money_text({millionths, currency}));
  return out;
}

boost::json::object gap_json(const app::GapStory& gap) {
  boost::json::object out{{"from", base::to_rfc3339(gap.gap.from)},
                          {"to", base::to_rfc3339(gap.gap.to)},
                          {"open", gap.gap.open},
                          {"cause", std::string(collect::gap_cause_name(gap.gap.cause))},
                          {"polls_failed", gap.gap.failed},
                          {"error", base::to_valid_utf8(gap.error)}};
  if (gap.entry == 0)
    out["entry"] = nullptr;
  else
    out["entry"] = gap.entry;
  return out;
}

void add_sums(const app::PollSums& sums, boost::json::object& to) {
  const std::pair<const char*, std::uint64_t> counts[] = {
      {"polls", sums.polls},     {"partial", sums.partial},
      {"failed", sums.failed},   {"pages", sums.pages},
      {"new", sums.fresh},       {"changed", sums.changed},
      {"deleted", sums.deleted}, {"unavailable", sums.unavailable},
      {"missing", sums.missing}, {"errors", sums.errors},
      {"limits", sums.limits},   {"charged", sums.charged}};
  for (const auto& [name, count] : counts) to[name] = count;
  to["cost"] = boost::json::value_from(costs(sums));
}

void print_json(std::ostream& out, const CoverageStory& story, const app::CoverageAnswer& answer) {
  boost::json::array spans, gaps, earlier;
  for (const auto& span : story.spans)
    spans.push_back({{"from", base::to_rfc3339(span.from)},
                     {"to", base::to_rfc3339(span.to)},
                     {"complete_polls", span.polls}});
  for (const auto& gap : story.gaps) gaps.push_back(gap_json(gap));
  for (const auto& one : story.earlier) {
    boost::json::object address{{"platform", one.platform},
                                {"url", one.url},
                                {"from", base::to_rfc3339(one.from)},
                                {"to", base::to_rfc3339(one.to)}};
    add_sums(one.sums, address);
    earlier.push_back(std::move(address));
  }
  boost::json::object line{{"source", story.row.name},
                           {"platform", story.row.platform},
                           {"url", story.row.url},
                           {"state", state_words(story.row.state)},
                           {"to", base::to_rfc3339(answer.to)},
                           {"quiet_after_hours", story.policy.quiet_after.count()},
                           {"covered", std::move(spans)},
                           {"gaps", std::move(gaps)}};
  add_sums(story.sums, line);
  line["credential"] = story.credential;
  line["credential_state"] = story.credential_state;
  line["credential_expires"] = time_or_null(story.credential_expires);
  line["first_complete"] = time_or_null(story.first_complete);
  line["oldest_posted"] = time_or_null(story.oldest);
  line["earlier_addresses"] = std::move(earlier);
  line["from"] = answer.from == base::Time{} ? boost::json::value(nullptr)
                                             : boost::json::value(base::to_rfc3339(answer.from));
  out << boost::json::serialize(line) << '\n';
}

class Page {
 public:
  Page(std::ostream& out, std::string zone) : out_(out), zone_(std::move(zone)) {}

  void print(const CoverageStory& story) {
    out_ << story.row.name << "  " << story.row.platform << "  " << state_words(story.row.state) << "  "
         << base::for_terminal(story.row.url) << '\n';
    for (const auto& one : story.earlier) {
      out_ << "  until " << local(one.to) << " this name was of " << base::for_terminal(one.platform) << "  "
           << base::for_terminal(one.url) << "; what is said of that time is of that address\n";
      sums(one.sums);
    }
    if (story.spans.empty()) out_ << "  not captured at any time asked about\n";
    // Spans and gaps in order of time.
    std::size_t span = 0, gap = 0;
    while (span < story.spans.size() || gap < story.gaps.size()) {
      const bool span_first = gap == story.gaps.size() || (span < story.spans.size() &&
                                                           story.spans[span].from < story.gaps[gap].gap.from);
      span_first ? print_span(story.spans[span++]) : print_gap(story.gaps[gap++]);
    }
    sums(story.sums);
    if (!story.first_complete.empty())
      out_ << "  reaches back to  "
           << (story.oldest.empty() ? "its first complete poll, which brought nothing with a date"
                                    : story.oldest + ", the oldest item that its first complete poll brought")
           << ", " << local(story.first_complete) << '\n';
    if (!story.credential.empty())
      out_ << "  credential  " << base::for_terminal(story.credential) << ": "
           << (story.credential_state.empty() ? "not shown to anybody yet"
                                              : base::for_terminal(story.credential_state))
           << (story.credential_expires.empty() ? "" : ", ends " + local(story.credential_expires)) << '\n';
  }

 private:
  std::string local(base::Time time) const { return app::local_text(zone_, time); }
  std::string local(const std::string& time) const {
    const auto parsed = base::parse_rfc3339(time);
    return parsed ? local(*parsed) : base::for_terminal(time);
  }

  void print_span(const collect::Span& span) {
    out_ << "  captured  " << local(span.from) << " to " << local(span.to) << "  "
         << (span.polls == 0 ? "between two complete polls"
                             : base::so_many(span.polls, "complete poll", "complete polls"))
         << '\n';
  }

  void print_gap(const app::GapStory& gap) {
    out_ << "  GAP       " << local(gap.gap.from) << " to " << (gap.gap.open ? "now" : local(gap.gap.to))
         << "  " << collect::gap_cause_words(gap.gap.cause);
    if (gap.gap.failed > 0) out_ << "; " << gap.gap.failed << " tried";
    if (!gap.error.empty()) out_ << "; the last one said: " << base::for_terminal(gap.error);
    out_ << (gap.entry == 0 ? "" : "  (entry " + std::to_string(gap.entry) + ")") << '\n';
  }

  void sums(const app::PollSums& s) {
    out_ << "  " << s.polls << (s.polls == 1 ? " poll" : " polls") << " (" << s.partial << " partial, "
         << s.failed << " failed), " << base::so_many(s.pages, "page", "pages") << ": " << s.fresh << " new, "
         << s.changed << " changed, " << s.deleted << " deleted, " << s.unavailable << " no longer shown, "
         << s.missing << " missing; " << base::so_many(s.errors, "error", "errors") << ", "
         << base::so_many(s.limits, "limit hit", "limit hits");
    if (s.charged > 0) out_ << ", " << base::so_many(s.charged, "item", "items") << " charged";
    for (const auto& cost : costs(s)) out_ << ", " << base::for_terminal(cost);
    out_ << '\n';
  }

  std::ostream& out_;
  std::string zone_;
};

Result<int> run_coverage(const Arguments& arguments, Terminal& terminal) {
  auto archive = open_archive(arguments, app::Access::kRead, terminal);
  if (!archive) return archive.error();
  const auto answer =
      app::coverage(*archive, {arguments.get("source"), arguments.get("from"), arguments.get("to")});
  if (!answer) return answer.error();
  if (answer->sources.empty() && !arguments.has("json"))
    terminal.out << "no sources yet; `muniment source add` adds one\n";
  for (const auto& story : answer->sources)
    arguments.has("json") ? print_json(terminal.out, story, *answer)
                          : Page(terminal.out, archive->settings().timezone).print(story);
  return 0;
}

}  // namespace

const Command kCoverage = {
    "coverage",
    "was this account being captured on that day, and how far back?",
    "Answers from the polls that are in the ledger.  A complete poll vouches for the time since the complete "
    "poll before\n"
    "it: what was posted and still stood was seen.  A longer time between two of them than the source's "
    "policy "
    "allows\n"
    "(`muniment source watch`) is a gap, with its cause: what came and went in it was not seen.",
    {},
    kOptions,
    run_coverage};

}  // namespace muniment::cli
