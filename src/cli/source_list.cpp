#include <array>
#include <boost/json.hpp>
#include <chrono>
#include <ostream>

#include "app/source_book.hpp"
#include "base/time.hpp"
#include "base/utf8.hpp"
#include "cli/commands.hpp"
#include "cli/open.hpp"
#include "cli/watch_lines.hpp"

namespace muniment::cli {
namespace {

constexpr std::array kOptions = {Option{"--json", "", "one JSON object a line"}};

using app::SourceState;

boost::json::value text_or_null(const std::string& text) {
  return text.empty() ? boost::json::value(nullptr) : boost::json::value(text);
}

std::string last_complete(const SourceState& source) {
  return source.last_good ? base::to_rfc3339(*source.last_good) : std::string();
}

const char* state_of(const SourceState& source) {
  return source.row.state == index::SourceRow::State::kPaused ? "paused" : "active";
}

// "none" is null here.
boost::json::value budget_json(const std::string& text) {
  return text == "none" ? boost::json::value(nullptr) : boost::json::value(text);
}

void print_json(std::ostream& out, const SourceState& source) {
  const auto& row = source.row;
  const auto& policy = source.policy;
  boost::json::object line{
      {"name", row.name}, {"platform", row.platform}, {"url", row.url}, {"state", state_of(source)}};
  line["allow_private"] = row.allow_private;
  if (!row.credential.empty()) {
    line["credential"] = row.credential;
    line["credential_state"] = text_or_null(credential_state(source));
    line["credential_expires"] = text_or_null(credential_expires(source));
  }
  line["last_complete"] = text_or_null(last_complete(source));
  line["every_minutes"] = policy.every.count();
  line["budget"] = budget_json(app::budget_text(policy.requests));
  line["budget_charged"] = budget_json(app::budget_text(policy.charged));
  line["price"] = budget_json(app::price_text(policy.price));
  line["budget_money"] = budget_json(app::money_budget_text(policy.money));
  line["quiet_after_hours"] = policy.quiet_after.count();
  line["warn_before_days"] = std::chrono::duration_cast<std::chrono::days>(policy.warn_before).count();
  line["media"] = policy.media;
  out << boost::json::serialize(line) << '\n';
}

void print_text(std::ostream& out, const SourceState& source) {
  const auto complete = last_complete(source);
  out << source.row.name << "  " << source.row.platform << "  " << state_of(source) << "  "
      << base::for_terminal(source.row.url) << "  "
      << (complete.empty() ? "never captured in full" : "captured in full " + complete) << "\n    "
      << polling_words(source.policy) << "; an alarm after " << source.policy.quiet_after.count()
      << " hours; files are " << (source.policy.media ? "" : "not ") << "fetched\n";
  if (const auto credential = credential_words(source); !credential.empty())
    out << "    " << base::for_terminal(credential) << '\n';
}

Result<int> run_source_list(const Arguments& arguments, Terminal& terminal) {
  auto archive = open_archive(arguments, app::Access::kRead, terminal);
  if (!archive) return archive.error();
  app::SourceBook book(*archive);
  if (auto looked = book.look(); !looked) return looked.error();
  bool any = false;
  for (const auto& [name, source] : book.sources()) {
    if (source.row.state == index::SourceRow::State::kRemoved) continue;
    any = true;
    arguments.has("json") ? print_json(terminal.out, source) : print_text(terminal.out, source);
  }
  if (!any && !arguments.has("json")) terminal.out << "no sources yet; `muniment source add` adds one\n";
  return 0;
}

}  // namespace

const Command kSourceList = {
    "source list",
    "list the sources: when each was last captured in full, and what is decided of it",
    "",
    {},
    kOptions,
    run_source_list};

}  // namespace muniment::cli
