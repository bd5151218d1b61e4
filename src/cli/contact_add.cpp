#include <array>
#include <boost/json.hpp>
#include <iostream>
#include <iterator>
#include <ostream>

#include "app/contacts.hpp"
#include "app/zone.hpp"
#include "base/file.hpp"
#include "base/time.hpp"
#include "base/utf8.hpp"
#include "cli/commands.hpp"
#include "cli/notes.hpp"
#include "cli/open.hpp"

namespace muniment::cli {
namespace {

std::vector<std::string> channels() {
  const auto names = collect::contact_channels();
  return {names.begin(), names.end()};
}

constexpr std::array kOptions = {
    Option{"--channel", "NAME", "phone, counter, letter, meeting, message or email", true, false, channels},
    Option{"--happened", "TIME", "when it took place: \"2026-03-03 14:30\", or a day alone", true},
    Option{"--written", "TIME", "when it was first written down; otherwise now"},
    Option{"--direction", "in|out", "in: somebody spoke to us (so unless said); out: we spoke to somebody"},
    Option{"--person", "NAME", "who it was, as they gave their name"},
    Option{"--handle", "HANDLE", "their account, number or address, as they gave it"},
    Option{"--subject", "TEXT", "what it was about, in a line"},
    Option{"--text", "TEXT", "what was said"},
    Option{"--file", "FILE",
           "what was said, from a file; - is standard input, which is read unless told otherwise"},
    Option{"--attach", "FILE", "a scan, a screenshot, a recording that somebody supplied", false, true},
    Option{"--written-by", "NAME", "who wrote it down, when that is not you"},
    Option{"--late", "REASON", "mark it as a late entry, whatever the clock says"},
    Option{"--late-after", "HOURS", "how long it may take to be written down and entered; otherwise 24"},
    Option{"--json", "", "print one JSON object"},
};

constexpr std::uint64_t kMostHours = 366ULL * 24;

Result<std::string> read_standard_input() {
  std::string text;
  std::array<char, 65536> some{};
  while (std::cin.read(some.data(), some.size()) || std::cin.gcount() > 0) {
    text.append(some.data(), static_cast<std::size_t>(std::cin.gcount()));
    if (text.size() > collect::kMostContactText) break;  // check_contact() refuses it
  }
  return text;
}

Result<std::string> words_of(const Arguments& arguments) {
  if (arguments.has("text") && arguments.has("file"))
    return Error{Code::kInvalid, "--text and --file were both given; nothing was recorded",
                 "give the words once"};
  if (arguments.has("text")) return arguments.get("text");
  const auto file = arguments.get("file");
  if (file == "-" || (file.empty() && !arguments.has("attach"))) return read_standard_input();
  if (file.empty()) return std::string();
  auto text = base::read_file(file, collect::kMostContactText);
  if (!text)
    return Error{text.error().code, "--file: " + text.error().what + "; nothing was recorded",
                 text.error().hint};
  return text;
}

Result<app::ContactWishes> wishes_of(const Arguments& arguments) {
  app::ContactWishes wishes;
  auto& contact = wishes.contact;
  contact.channel = arguments.get("channel");
  const auto direction = arguments.get("direction", "in");
  if (direction != "in" && direction != "out")
    return Error{Code::kInvalid, "--direction takes in or out; nothing was recorded"};
  contact.incoming = direction == "in";
  contact.actor = actor();
  contact.written_by = arguments.get("written-by");
  contact.person = arguments.get("person");
  contact.handle = arguments.get("handle");
  contact.summary = arguments.get("subject");
  contact.late_reason = arguments.get("late");
  const auto hours = arguments.number("late-after", collect::kWrittenDownWithin.count(), kMostHours);
  if (!hours) return hours.error();
  contact.late_after = std::chrono::hours{*hours};
  wishes.happened = arguments.get("happened");
  wishes.written = arguments.get("written");
  for (const auto& file : arguments.all("attach")) wishes.files.emplace_back(file);
  auto words = words_of(arguments);
  if (!words) return words.error();
  contact.text = *std::move(words);
  return wishes;
}

void print_json(std::ostream& out, const app::ContactAnswer& answer) {
  boost::json::object line{{"seq", answer.seq},           {"id", answer.id},
                           {"happened", answer.happened}, {"written", answer.written},
                           {"sealed", answer.sealed},     {"late", !answer.late.empty()}};
  if (!answer.late.empty()) line["late_why"] = answer.late;
  line["attachments"] = answer.files.size();
  out << boost::json::serialize(line) << '\n';
}

void print_text(std::ostream& out, const app::ContactAnswer& answer, const std::string& zone, bool day_only) {
  const auto local = [&](const std::string& time) {
    const auto parsed = base::parse_rfc3339(time);
    return parsed ? app::local_text(zone, *parsed) : time;
  };
  out << "contact " << answer.seq << " recorded; it is called " << answer.id << '\n'
      << "  happened      "
      << (day_only ? local(answer.happened).substr(0, 10) + " (the day only)" : local(answer.happened))
      << '\n'
      << "  written down  " << local(answer.written) << '\n'
      << "  sealed        " << local(answer.sealed) << '\n';
  for (const auto& file : answer.files) out << "  attached      " << base::for_terminal(file) << '\n';
  if (!answer.late.empty()) out << "  late entry    " << base::for_terminal(answer.late) << '\n';
}

Result<int> run_contact_add(const Arguments& arguments, Terminal& terminal) {
  auto archive = open_archive(arguments, app::Access::kWrite, terminal);
  if (!archive) return archive.error();
  auto wishes = wishes_of(arguments);
  if (!wishes) return wishes.error();
  const auto answer = app::add_contact(*archive, *wishes);
  if (!answer) return answer.error();
  print_notes(terminal.err, answer->remarks);
  if (arguments.has("json"))
    print_json(terminal.out, *answer);
  else
    print_text(terminal.out, *answer, archive->settings().timezone, wishes->happened.size() == 10);
  return 0;
}

}  // namespace

const Command kContactAdd = {
    "contact add",
    "record a call, a visit, a letter or another contact that nobody could capture",
    "The entry says that a person typed it, and who.  It keeps three times apart: when it happened and when "
    "it "
    "was\n"
    "written down, as you say, and when it was sealed, by the archive's own clock.  What was written down, "
    "or "
    "entered,\n"
    "later than --late-after allows is marked as a late entry and says why; it is as good a record, and "
    "honest "
    "about it.\n"
    "Attachments are kept as files that you supplied, not as something the archive captured.",
    {},
    kOptions,
    run_contact_add};

}  // namespace muniment::cli
