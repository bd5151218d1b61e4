#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <ostream>

#include "app/release.hpp"
#include "base/utf8.hpp"
#include "cli/commands.hpp"
#include "cli/notes.hpp"
#include "cli/open.hpp"
#include "cli/remark_lines.hpp"

namespace muniment::cli {
namespace {

constexpr std::array kOptions = {
    Option{"--request", "REF", "the request's reference; it stands on every page of the bundle", true},
    Option{"--records", "LIST",
           "numbers and ranges (12,15-20), or items: identifiers, or PLATFORM:IDENTIFIER; otherwise all that "
           "the search found and --leave-out does not name, which may be nothing",
           false, true},
    Option{"--search", "ENTRY",
           "a search on record (`muniment search --for`): all that it found is accounted for", false, true},
    Option{"--leave-out", "LIST=CODE",
           "of what it found, not to be disclosed at all: under an exemption, or =out-of-scope, or =not-held",
           false, true},
    Option{"--withhold", "FIELD=CODE",
           "withhold a field of every record under an exemption; FIELD may end in .*", false, true},
    Option{"--redact", "ID:FIELD:WHICH=CODE",
           "withhold words of one record: 3-5,9 or * or words=\"Jane Doe\"", false, true},
    Option{"--keep", "ID:FIELD",
           "show a field although the same words are withheld elsewhere; raw: hand out the bytes as received",
           false, true},
    Option{"--under", "TEXT", "the policy or delegation the decision rests on"},
    Option{"--preview", "", "say what would be shown and withheld, and refused; record and write nothing"},
    Option{"--out", "DIR", "the bundle; a folder that does not exist yet"},
    Option{"--json", "", "print one JSON object"},
};

std::string decision(const foi::PlannedEntry& entry) {
  switch (foi::decision_of(entry)) {
    case Decision::kFull:
      return "shown in full";
    case Decision::kPart:
      return "shown in part, " + entry.codes();
    case Decision::kWithheld:
      break;
  }
  return "withheld but for what is named, " + entry.codes();
}

boost::json::array remarks_json(const std::vector<foi::Remark>& remarks) {
  boost::json::array out;
  for (const auto& remark : remarks) {
    boost::json::object line = {
        {"seq", remark.seq}, {"field", remark.field}, {"code", remark.code}, {"what", remark.what}};
    if (!remark.keep.empty()) line["keep"] = remark.keep;
    out.push_back(std::move(line));
  }
  return out;
}

void print_json(std::ostream& out, const app::ReleaseAnswer& answer, const std::string& folder) {
  boost::json::array records;
  for (const auto& entry : answer.plan.entries)
    if (entry.record)
      records.push_back(
          {{"seq", entry.entry.seq}, {"leaf", base::to_base64(entry.leaf)}, {"decision", decision(entry)}});
  boost::json::object line;
  if (folder.empty()) {
    line["entry"] = nullptr;
    line["bundle"] = nullptr;
  } else {
    line["entry"] = answer.entry;
    line["bundle"] = folder;
  }
  line["records"] = std::move(records);
  boost::json::array left_out;
  for (const auto& left : answer.plan.left_out)
    left_out.push_back({{"seq", left.seq}, {"leaf", base::to_base64(left.leaf)}, {"code", left.code}});
  line["left_out"] = std::move(left_out);
  line["automatic"] = remarks_json(answer.plan.automatic);
  line["doubtful"] = remarks_json(answer.plan.doubtful);
  if (folder.empty()) {
    line["not_looked_for"] = remarks_json(answer.plan.excused);
    line["refusal"] = answer.refusal ? boost::json::value{{"what", base::to_valid_utf8(answer.refusal->what)},
                                                          {"hint", base::to_valid_utf8(answer.refusal->hint)}}
                                     : boost::json::value(nullptr);
  }
  out << boost::json::serialize(line) << '\n';
}

void print_remarks(std::ostream& out, const char* title, const std::vector<foi::Remark>& remarks) {
  if (remarks.empty()) return;
  out << '\n' << title << '\n';
  for (const auto& line : remark_lines(remarks)) out << line << '\n';
}

bool leaves_raw_out(const foi::Plan& plan) {
  return std::ranges::any_of(plan.entries, [](const foi::PlannedEntry& entry) {
    return std::ranges::any_of(entry.fields, &foi::PlannedField::out_of_scope);
  });
}

void print_text(std::ostream& out, const app::ReleaseAnswer& answer, const std::string& folder) {
  for (const auto& entry : answer.plan.entries)
    if (entry.record)
      out << "  " << entry.entry.seq << "  " << entry.entry.kind << "  " << decision(entry) << '\n';
  if (answer.plan.records.empty()) out << "  no record is disclosed\n";
  for (const auto& left : answer.plan.left_out)
    out << "  " << left.seq << "  left out, " << left.code << '\n';
  if (leaves_raw_out(answer.plan))
    out << "  left out as out-of-scope: raw, the bytes in which the platform gave each record (--keep ID:raw "
           "hands them out)\n";
  print_remarks(out, "withheld as well, because it says what is withheld:", answer.plan.automatic);
  print_remarks(out, "shown; look at these again:", answer.plan.doubtful);
  if (!answer.plan.doubtful.empty())
    out << "  (--redact NUMBER:FIELD:WORDS=CODE withholds words; `muniment show NUMBER --words` numbers "
           "them)\n";
  print_remarks(out, "withheld, and not looked for in other places, because they are lawfully shown:",
                answer.plan.excused);
  if (folder.empty()) {
    out << "\nThis was a preview: nothing was recorded or written.\n";
    return;
  }
  out << "\nThe bundle stands in " << folder << "; the decision is entry " << answer.entry
      << " of the ledger.\n"
      << "Open " << folder << "/data/index.html and read it before it is sent.\n"
      << "Anyone can check it: muniment-verify bundle " << folder << " --policy FILE\n"
      << "FILE holds what `muniment policy` prints; they should have it from you by another way.\n";
}

// The gate's refusal is an answer of its own, with the exit code of a failed check.
int print_refusal(std::ostream& err, const Error& refusal) {
  err << "refused: " << base::for_terminal(refusal.what, true) << '\n';
  if (!refusal.hint.empty()) err << "  " << base::for_terminal(refusal.hint, true) << '\n';
  return 1;
}

Result<int> run_disclose(const Arguments& arguments, Terminal& terminal) {
  app::ReleaseWishes wishes;
  wishes.request = arguments.get("request");
  wishes.selection = {arguments.all("records"), arguments.all("withhold"), arguments.all("redact"),
                      arguments.all("keep"),    arguments.all("search"),   arguments.all("leave-out")};
  wishes.policy = arguments.get("under");
  wishes.actor = actor();
  wishes.preview = arguments.has("preview");
  wishes.folder = arguments.get("out");
  if (wishes.request.find_first_not_of(" \t") == std::string::npos)
    return Error{Code::kInvalid, "the request has no reference; nothing was done",
                 "give --request the reference the request was registered under"};
  if (wishes.selection.records.empty() && wishes.selection.searches.empty())
    return Error{Code::kInvalid, "no record was named; nothing was done",
                 "add --records 12,15-20, or --search with the number of a search on record"};
  if (wishes.folder.empty() && !wishes.preview)
    return Error{Code::kInvalid, "a disclosure needs a folder to be written to; nothing was done",
                 "add --out DIR, or --preview"};
  auto archive = open_archive(arguments, app::Access::kWrite, terminal);
  if (!archive) return archive.error();
  const auto answer = app::release(*archive, wishes);
  if (!answer && answer.error().code == Code::kDenied) return print_refusal(terminal.err, answer.error());
  if (!answer) return answer.error();
  print_notes(terminal.err, answer->remarks);
  const std::string folder = wishes.preview ? std::string() : wishes.folder.string();
  if (arguments.has("json"))
    print_json(terminal.out, *answer, folder);
  else
    print_text(terminal.out, *answer, folder);
  return answer->refusal ? print_refusal(terminal.err, *answer->refusal) : 0;
}

}  // namespace

const Command kDisclose = {
    "disclose",
    "release records under a request, with words withheld where an exemption applies",
    "Writes a bundle in which every word shown can be checked and every word withheld is named with its "
    "exemption, and\n"
    "records the decision in the ledger.  What repeats withheld words is withheld with them.  A gate then "
    "opens the\n"
    "finished bundle and refuses it (exit code 1) when anything withheld is found in it anywhere.\n"
    "`muniment show ID --words` numbers the words of a record.",
    {},
    kOptions,
    run_disclose};

}  // namespace muniment::cli
