#include <array>
#include <boost/json.hpp>
#include <ostream>

#include "app/find.hpp"
#include "base/utf8.hpp"
#include "cli/attached.hpp"
#include "cli/commands.hpp"
#include "cli/notes.hpp"
#include "cli/open.hpp"
#include "cli/version_page.hpp"
#include "records/provenance.hpp"

namespace muniment::cli {
namespace {

using app::Story;
using app::VersionStory;

constexpr std::array kOperands = {
    Operand{"ID", "the number of an entry, or an item: its identifier, or PLATFORM:IDENTIFIER"}};
constexpr std::array kOptions = {
    Option{"--words", "", "number the words of that entry, or of an item's newest version, for --redact"},
    Option{"--json", "", "print one JSON object"},
};

boost::json::array attachments_json(const std::vector<app::AttachmentStory>& attachments) {
  boost::json::array out;
  for (const auto& one : attachments)
    out.push_back({{"number", one.number},
                   {"state", std::string(attachment_state(one))},
                   {"named", base::to_valid_utf8(one.named)},
                   {"alt", one.alt},
                   {"type", one.type},
                   {"size", one.size},
                   {"sha256", one.sha256},
                   {"fetched", one.fetched},
                   {"reason", one.reason},
                   {"words", one.words},
                   {"actor", one.actor},
                   {"again", one.again},
                   {"entry", one.entry},
                   {"file", one.file}});
  return out;
}

boost::json::object version_json(const VersionStory& version) {
  const auto& item = version.interaction;
  boost::json::object fields, provenance;
  for (const auto& field : version.body) {
    fields[field.name] = field.value;
    if (!field.name.starts_with("provenance."))
      provenance[field.name] = records::provenance_name(records::provenance_of(version.body, field.name));
  }
  return {{"seq", version.seq},
          {"kind", version.kind},
          {"leaf", version.leaf},
          {"sealed", version.sealed},
          {"captured", std::string(records::value_of(version.body, "fetched").value_or(""))},
          {"posted", item.posted},
          {"edited", item.edited},
          {"account", item.author.handle.empty() ? item.author.name : item.author.handle},
          {"url", item.url},
          {"text", item.text},
          {"summary", item.summary},
          {"exchange_url", version.exchange_url},
          {"exchange_status", version.exchange_status},
          {"from_file", version.from_file},
          {"crawled", version.crawled},
          {"attachments", attachments_json(version.attachments)},
          {"fields", std::move(fields)},
          {"provenance", std::move(provenance)}};
}

boost::json::array thread_json(const std::vector<app::ThreadStory>& thread) {
  boost::json::array out;
  for (const auto& item : thread)
    out.push_back({{"seq", item.seq},
                   {"parent", item.parent ? boost::json::value(*item.parent) : boost::json::value()},
                   {"state", item.state},
                   {"account", item.account},
                   {"posted", item.posted},
                   {"text", item.text}});
  return out;
}

void print_json(std::ostream& out, const Story& story) {
  boost::json::array versions;
  for (const auto& version : story.versions) versions.push_back(version_json(version));
  boost::json::array events;
  for (const auto& event : story.events) {
    boost::json::object one{{"seq", event.seq},       {"kind", event.kind},        {"leaf", event.leaf},
                            {"sealed", event.sealed}, {"captured", event.fetched}, {"status", event.status},
                            {"words", event.words}};
    if (!event.says.empty()) {
      one["says"] = event.says;
      one["by"] = event.by;
      one["since"] = event.since;
    }
    events.push_back(std::move(one));
  }
  boost::json::object thread{{"ancestors", thread_json(story.ancestors)},
                             {"descendants", thread_json(story.descendants)},
                             {"ancestor_missing", story.ancestor_missing},
                             {"descendants_cut", story.descendants_cut}};
  boost::json::object line{{"id", story.id},
                           {"platform", story.platform},
                           {"state", story.state},
                           {"versions", std::move(versions)},
                           {"events", std::move(events)},
                           {"thread", std::move(thread)},
                           {"forms", thread_json(story.forms)},
                           {"checkpointed", story.checkpointed}};
  out << boost::json::serialize(line) << '\n';
}

class Page {
 public:
  Page(std::ostream& out, std::string zone) : out_(out), lines_(out, std::move(zone)) {}

  void version(const Story& story, std::size_t i) { print_version(lines_, story, i); }

  void event(const app::EventStory& event) {
    out_ << "\n" << event.kind << "  (entry " << event.seq << ")\n";
    if (event.says.empty()) {
      lines_.line("answered", lines_.time(event.fetched),
                  "status " + event.status + (event.words.empty() ? "" : ", " + event.words));
    } else {
      lines_.line("a file says", event.says + (event.words.empty() ? "" : " (" + event.words + ")"),
                  "nobody of the archive saw it");
      lines_.line("since", lines_.time(event.since), "the file claims");
      lines_.line("says who", event.by);
      lines_.line("read", lines_.time(event.fetched));
    }
    lines_.line("sealed", lines_.time(event.sealed));
  }

  void thread(const char* title, const std::vector<app::ThreadStory>& thread) {
    if (thread.empty()) return;
    out_ << "\n" << title << "\n";
    for (const auto& item : thread) {
      out_ << "  " << std::string(static_cast<std::size_t>(item.depth) * 2, ' ') << item.seq << "  "
           << item.posted << "  " << base::for_terminal(item.account) << ": "
           << base::for_terminal(item.text);
      if (item.state != "current") out_ << "  [" << item.state << "]";
      out_ << '\n';
    }
  }

  // Each entry numbers its words for itself: which one it is has to be said.
  void words(const Story& story) {
    const auto seq = story.asked ? *story.asked : story.versions.back().seq;
    out_ << "words of entry " << seq << ", as --redact " << seq << ":FIELD:WHICH=CODE counts them\n";
    const records::Body* body = nullptr;
    std::string others;
    for (const auto& version : story.versions) {
      if (version.seq == seq)
        body = &version.body;
      else
        others += (others.empty() ? "" : ", ") + std::to_string(version.seq);
    }
    for (const auto& event : story.events)
      if (event.seq == seq) body = &event.body;
    if (!others.empty()) out_ << "other versions of the item number their words apart: " << others << '\n';
    if (body != nullptr) numbered(*body);
  }

 private:
  void numbered(const records::Body& body) {
    std::string_view before;
    std::size_t number = 0;
    for (const auto& field : body) {
      // text.0000, text.0001 … are numbered through, as --redact ID:text:RANGES counts them.
      const auto dot = field.name.rfind('.');
      const bool part = dot != std::string::npos && field.name.size() - dot == 5 &&
                        field.name.find_first_not_of("0123456789", dot + 1) == std::string::npos;
      const auto name = std::string_view(field.name).substr(0, part ? dot : field.name.size());
      if (name != before) number = 0;
      if (field.name.starts_with("raw")) continue;
      if (name != before) out_ << "\n" << name << "\n";
      before = name;
      for (std::size_t i = 0; i < records::segment_count(field); ++i)
        out_ << "  " << number++ << "  " << base::for_terminal(records::segment(field, i)) << '\n';
    }
  }

  std::ostream& out_;
  PageLines lines_;
};

Result<int> run_show(const Arguments& arguments, Terminal& terminal) {
  auto archive = open_archive(arguments, app::Access::kRead, terminal);
  if (!archive) return archive.error();
  const auto story = app::show(*archive, arguments.get("ID"));
  if (!story) return story.error();
  print_notes(terminal.err, story->remarks);
  if (arguments.has("json")) {
    print_json(terminal.out, *story);
    return 0;
  }
  Page page(terminal.out, archive->settings().timezone);
  terminal.out << base::for_terminal(story->id) << "  (" << story->platform << ", " << story->state << ")\n";
  if (arguments.has("words")) {
    if (story->asked || !story->versions.empty()) page.words(*story);
    return 0;
  }
  for (std::size_t i = 0; i < story->versions.size(); ++i) page.version(*story, i);
  for (const auto& event : story->events) page.event(event);
  if (story->ancestor_missing)
    terminal.out << "\nThe thread begins with an item that the archive does not hold.\n";
  page.thread("earlier versions, kept as items of their own", story->forms);
  page.thread("in answer to", story->ancestors);
  page.thread("answers", story->descendants);
  if (story->descendants_cut) terminal.out << "  … and more\n";
  return 0;
}

}  // namespace

const Command kShow = {"show",
                       "tell all about one item: versions, provenance, thread",
                       "Every version with what changed, what the platform claims, when it was captured and "
                       "sealed, and which exchange\n"
                       "brought it.  Times of different kinds are labelled and never mixed.",
                       kOperands,
                       kOptions,
                       run_show};

}  // namespace muniment::cli
