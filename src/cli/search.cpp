#include <array>
#include <boost/json.hpp>
#include <ostream>

#include "app/find.hpp"
#include "app/recorded_search.hpp"
#include "base/utf8.hpp"
#include "cli/commands.hpp"
#include "cli/notes.hpp"
#include "cli/open.hpp"

namespace muniment::cli {
namespace {

constexpr std::array kOperands = {Operand{"QUERY", "what to look for", true, true}};
constexpr std::array kOptions = {
    Option{"--limit", "N", "at most so many results; otherwise 20"},
    Option{"--sort", "newest|relevance", "newest (by the time posted, so unless said) or relevance"},
    Option{"--count", "", "print only how many there are"},
    Option{"--for", "REF",
           "put it on record for the request REF: what was asked, and all that it found; "
           "`disclose --search` then accounts for each"},
    Option{"--json", "", "one JSON object a line"},
};

constexpr std::uint64_t kMostResults = 10'000'000;

// The words typed, with blanks between: quotation marks inside the query are the officer's own.
std::string query_of(const Arguments& arguments) {
  std::string query;
  for (const auto& word : arguments.all("QUERY")) query += (query.empty() ? "" : " ") + word;
  return query;
}

void print_json(std::ostream& out, const index::Found& hit) {
  boost::json::object line;
  line["id"] = hit.id;
  line["seq"] = hit.seq;
  line["platform"] = hit.platform;
  line["account"] = hit.account;
  line["posted"] = hit.posted;
  line["captured"] = hit.captured;
  line["state"] = std::string(index::state_name(hit.state));
  line["text"] = hit.text.empty() ? hit.summary : hit.text;
  line["url"] = hit.url;
  line["type"] = hit.type;
  line["source"] = hit.source;
  line["summary"] = hit.summary;
  out << boost::json::serialize(line) << '\n';
}

// Matching words stand bold on a terminal.
std::string marked(const index::Snippet& snippet, bool bold) {
  std::string out = snippet.cut_before ? "… " : "";
  std::size_t at = 0;
  for (const auto& mark : snippet.marks) {
    out += base::for_terminal(std::string_view(snippet.text).substr(at, mark.begin - at));
    const auto word =
        base::for_terminal(std::string_view(snippet.text).substr(mark.begin, mark.end - mark.begin));
    out += bold ? "\x1b[1m" + word + "\x1b[0m" : word;
    at = mark.end;
  }
  out += base::for_terminal(std::string_view(snippet.text).substr(at));
  return out + (snippet.cut_after ? " …" : "");
}

void print_text(Terminal& terminal, const index::Found& hit) {
  auto& out = terminal.out;
  if (!hit.readable) {
    out << hit.seq
        << (hit.lost ? "  (its content cannot be read)\n" : "  (its content has been disposed of)\n");
    return;
  }
  out << hit.seq << "  " << (hit.posted.empty() ? "no date given" : hit.posted) << "  " << hit.platform
      << "  " << base::for_terminal(hit.account);
  if (hit.state != index::DocumentState::kCurrent) out << "  [" << index::state_name(hit.state) << "]";
  out << "\n    " << marked(hit.snippet, terminal.out_is_terminal) << '\n';
}

Result<int> run_search(const Arguments& arguments, Terminal& terminal) {
  app::SearchWishes wishes;
  wishes.query = query_of(arguments);
  const auto limit = arguments.number("limit", 20, kMostResults);
  if (!limit) return limit.error();
  wishes.limit = *limit;
  const auto order = arguments.get("sort", "newest");
  if (order != "newest" && order != "relevance")
    return Error{Code::kInvalid, "--sort takes newest or relevance"};
  if (order == "relevance") wishes.order = index::Order::kRelevance;
  const bool record = arguments.has("for");
  auto archive = open_archive(arguments, record ? app::Access::kWrite : app::Access::kRead, terminal);
  if (!archive) return archive.error();
  if (record) {
    const auto made = app::record_search(*archive, wishes.query, arguments.get("for"), actor());
    if (!made) return made.error();
    terminal.err << "note: on record as entry " << made->entry << ", with " << made->hits << " found\n";
    print_notes(terminal.err, made->remarks);
  }
  if (arguments.has("count")) {
    const auto number = app::count(*archive, wishes.query);
    if (!number) return number.error();
    terminal.out << number->number << '\n';
    print_notes(terminal.err, number->remarks);
    return 0;
  }
  const auto answer = app::search(*archive, wishes);
  if (!answer) return answer.error();
  for (const auto& hit : answer->found)
    arguments.has("json") ? print_json(terminal.out, hit) : print_text(terminal, hit);
  print_notes(terminal.err, answer->remarks);
  if (arguments.has("json")) return 0;
  if (answer->found.empty()) terminal.out << "nothing found\n";
  if (answer->more) terminal.err << "there are more; --limit N shows more of them, --count says how many\n";
  return 0;
}

}  // namespace

const Command kSearch = {
    "search",
    "find what was captured",
    "  pothole \"mill lane\" pot*     all of these: a word, a phrase, the beginning of a word\n"
    "  gritting OR (snow NOT ball)  either; both; without.  Operators are in capitals; -word is NOT word\n"
    "  from:jane@town.example  platform:mastodon  source:town-blog  tag:roads\n"
    "  after:2026-03-01   from that day (month, year) on, itself included\n"
    "  before:2026-04     up to that day (month, year), itself left out;  on:2026-03-14\n"
    "  is:reply  is:edited  is:superseded  is:deleted  is:unavailable  is:reported-gone  is:current\n"
    "\n"
    "Case, accents and strokes make no difference, nor how a letter is encoded; й and и are two letters.  "
    "Days "
    "are those of the\n"
    "archive's time zone, and bound the whole question: not within OR, NOT or brackets; an item that bears "
    "no date is found by the day it was captured.  Each version of an item is "
    "found by its own\n"
    "words: an older one is marked superseded.  Relevance is judged among the newest matches.",
    kOperands,
    kOptions,
    run_search};

}  // namespace muniment::cli
