#include <array>
#include <boost/json.hpp>
#include <ostream>

#include "app/sources.hpp"
#include "base/time.hpp"
#include "base/utf8.hpp"
#include "cli/commands.hpp"
#include "cli/open.hpp"

namespace muniment::cli {
namespace {

constexpr std::array kOptions = {Option{"--json", "", "one JSON object a line"}};

Result<int> run_source_list(const Arguments& arguments, Terminal& terminal) {
  auto archive = open_archive(arguments, app::Access::kRead, terminal);
  if (!archive) return archive.error();
  const auto rows = app::list_sources(*archive);
  if (!rows) return rows.error();
  if (rows->empty() && !arguments.has("json"))
    terminal.out << "no sources yet; `muniment source add` adds one\n";
  for (const auto& row : *rows) {
    const char* state = row.state == index::SourceRow::State::kPaused ? "paused" : "active";
    const auto complete = row.complete == 0
                              ? std::string()
                              : base::to_rfc3339(base::Time{std::chrono::milliseconds{row.complete}});
    if (arguments.has("json")) {
      boost::json::object line{
          {"name", row.name}, {"platform", row.platform}, {"url", row.url}, {"state", state}};
      line["allow_private"] = row.allow_private;
      if (!row.credential.empty()) line["credential"] = row.credential;
      if (complete.empty())
        line["last_complete"] = nullptr;
      else
        line["last_complete"] = complete;
      terminal.out << boost::json::serialize(line) << '\n';
    } else {
      terminal.out << row.name << "  " << row.platform << "  " << state << "  " << base::for_terminal(row.url)
                   << "  " << (complete.empty() ? "never captured in full" : "captured in full " + complete)
                   << (row.credential.empty() ? "" : "  logs in with " + row.credential) << '\n';
    }
  }
  return 0;
}

}  // namespace

const Command kSourceList = {
    "source list",  "list the sources, and when each was last captured in full", "", {}, kOptions,
    run_source_list};

}  // namespace muniment::cli
