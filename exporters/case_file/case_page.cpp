#include "case_page.hpp"

#include <string>
#include <unordered_map>
#include <utility>

#include "muniment/markup.hpp"
#include "muniment/page_style.hpp"

namespace muniment::exporters {
namespace {

using markup::escaped;
using markup::shown;

std::string fact(std::string_view label, const std::string& html) {
  return html.empty() ? html : "<dt>" + escaped(label) + "</dt><dd>" + html + "</dd>\n";
}

std::string isolated(std::string_view text) {
  return text.empty() ? std::string() : "<bdi dir=\"auto\">" + shown(text) + "</bdi>";
}

std::string time_fact(std::string_view label, std::string_view time) {
  return fact(label, time.empty() ? std::string() : markup::time_element(time));
}

std::string version_words(std::string_view kind) {
  constexpr std::pair<std::string_view, std::string_view> kWords[] = {
      {"capture", "First captured version"},
      {"contact", "Contact, written down by a person"},
      {"edit-seen", "Later version"},
      {"seen-again", "Seen again, unchanged in its words"},
      {"deletion-seen", "Deletion reported by the platform"},
      {"unavailable-seen", "No longer shown by the platform"},
      {"absence-reported", "A saved file says that it is gone"}};
  for (const auto& [known, words] : kWords)
    if (known == kind) return std::string(words);
  return "Entry of the kind " + std::string(kind);
}

std::string anchor(std::size_t number) {
  return "record-" + std::to_string(number);
}

std::string account(const std::string& shown_name, const std::string& shown_handle) {
  const auto name = isolated(shown_name);
  const auto handle = isolated(shown_handle);
  return name.empty() || handle.empty() ? name + handle : name + " (" + handle + ")";
}

std::string who(const CaseRecord& record) {
  return account(record.author_name, record.author_handle);
}

std::string cover(const CaseFile& file) {
  return "<header>\n<p>" + escaped(file.authority) + "</p>\n<h1>Case file: <bdi dir=\"auto\">" +
         shown(file.title) +
         "</bdi></h1>\n<p class=\"internal\">For inside use. Nothing is withheld in this file: do not hand "
         "it "
         "out. To answer a request, make a disclosure.</p>\n<dl class=\"facts\">\n" +
         time_fact("Made", file.made) + fact("By", isolated(file.actor)) +
         fact("Ledger", "<code>" + escaped(file.origin) + "</code>") +
         fact("Records", std::to_string(file.records.size())) + "</dl>\n</header>\n<main id=\"main\">\n";
}

std::string contents(const CaseFile& file) {
  std::string rows;
  for (std::size_t i = 0; i < file.records.size(); ++i) {
    const auto& record = file.records[i];
    rows += "<tr><th scope=\"row\"><a href=\"#" + anchor(i + 1) + "\">Record " + std::to_string(i + 1) +
            "</a></th><td data-label=\"Time\">" + markup::time_element(record.order) +
            "</td><td data-label=\"Who\">" + who(record) + "</td><td data-label=\"Platform\">" +
            shown(record.platform) + "</td><td data-label=\"Kind\">" + shown(record.type) +
            "</td><td data-label=\"Entries\">" + std::to_string(record.versions.size()) + "</td></tr>\n";
  }
  return "<h2 id=\"contents\">Contents</h2>\n<table class=\"stacks\"><caption>In order of time: when posted, "
         "as "
         "the platform claims, or else when sealed</caption>\n<thead><tr><th scope=\"col\">No.</th><th "
         "scope=\"col\">Time</th><th scope=\"col\">Who</th><th scope=\"col\">Platform</th><th "
         "scope=\"col\">Kind</th><th scope=\"col\">Entries</th></tr></thead>\n<tbody>\n" +
         rows + "</tbody></table>\n";
}

// What answers what in this file.
class Threads {
 public:
  explicit Threads(const CaseFile& file) {
    for (std::size_t i = 0; i < file.records.size(); ++i) {
      const auto& record = file.records[i];
      for (const auto* name : {&record.id, &record.local})
        if (!name->empty()) numbers_.emplace(*name, i + 1);
      if (!record.reply_to.empty()) ++answers_[record.reply_to];
    }
  }
  // From 1; 0: it is not in this file.
  std::size_t number_of(const std::string& name) const { return value_of(numbers_, name); }
  std::size_t answers_to(const CaseRecord& record) const {
    return value_of(answers_, record.id) + (record.local == record.id ? 0 : value_of(answers_, record.local));
  }

 private:
  using Numbers = std::unordered_map<std::string, std::size_t>;
  static std::size_t value_of(const Numbers& numbers, const std::string& name) {
    const auto at = numbers.find(name);
    return at == numbers.end() ? 0 : at->second;
  }
  Numbers numbers_;
  Numbers answers_;
};

std::string thread_place(const Threads& threads, const CaseRecord& record) {
  std::string out;
  if (!record.reply_to.empty()) {
    const auto number = threads.number_of(record.reply_to);
    out += fact("In answer to", number == 0 ? isolated(record.reply_to) + " (not in this file)"
                                            : "<a href=\"#" + anchor(number) + "\">record " +
                                                  std::to_string(number) + "</a>");
  }
  if (!record.repost_of.empty())
    out +=
        fact("Repost of", isolated(record.repost_of) + " (these are that post’s words, not the account’s)");
  out += fact("Said first by", account(record.repost_author_name, record.repost_author_handle));
  if (!record.quote_of.empty()) out += fact("Quotes", isolated(record.quote_of));
  if (const auto answers = threads.answers_to(record); answers > 0)
    out += fact("Answers in this file", std::to_string(answers));
  return out + fact("Thread", isolated(record.thread));
}

std::string supplied_facts(const CaseVersion& version) {
  std::string out;
  for (const auto& file : version.supplied) out += fact("Supplied with it, not captured", isolated(file));
  return out;
}

std::string version_html(const CaseVersion& version) {
  std::string out = "<h4>" + escaped(version_words(version.kind)) + "</h4>\n";
  if (version.disposed) out += "<p>The words of this entry were disposed of; the entry remains.</p>\n";
  if (!version.summary.empty())
    out += "<blockquote dir=\"auto\" class=\"summary\">" + shown(version.summary) + "</blockquote>\n";
  if (!version.text.empty()) out += "<blockquote dir=\"auto\">" + shown(version.text) + "</blockquote>\n";
  const bool typed = version.kind == "contact";
  return out + "<dl class=\"facts\">\n" +
         time_fact(
             typed ? "Happened (as the person states who wrote it down)" : "Posted (as the platform claims)",
             version.posted) +
         time_fact("Written down (likewise)", version.written) +
         fact("Written down by", isolated(version.written_by)) +
         fact("Entered by", isolated(version.entered)) + fact("Late entry", isolated(version.late)) +
         fact("Spoken to", isolated(version.spoken_to)) + supplied_facts(version) +
         time_fact("Changed (as the platform claims)", version.edited) +
         time_fact("Captured (when we fetched it)", version.fetched) +
         time_fact("Sealed (when it entered the ledger)", version.sealed) +
         fact("Cited as", "<span class=\"hash\">" + std::to_string(version.seq) + " " +
                              escaped(version.leaf_hash) + "</span>") +
         fact("Source", isolated(version.source)) +
         fact("Brought by", version.exchange.empty() ? "" : "entry " + escaped(version.exchange)) + "</dl>\n";
}

std::string record_html(const Threads& threads, const CaseRecord& record, std::size_t number) {
  std::string out = "<article id=\"" + anchor(number) + "\">\n<h3>Record " + std::to_string(number) +
                    "</h3>\n<dl class=\"facts\">\n" + fact("Who", who(record)) +
                    fact("Kind", shown(record.type)) + fact("Platform", shown(record.platform)) +
                    fact("Visibility (as the platform calls it)", isolated(record.visibility)) +
                    fact("Address", isolated(record.url)) + fact("Identity", isolated(record.id)) +
                    thread_place(threads, record) + "</dl>\n";
  for (const auto& version : record.versions) out += version_html(version);
  return out + "</article>\n";
}

std::string coverage(const CaseFile& file) {
  std::string out = "<h2 id=\"coverage\">How well the sources were watched</h2>\n";
  if (file.coverage.empty())
    return out +
           "<p>Between the first and the last of these entries the ledger holds no account of polls: the "
           "records were imported, or captured in one go. Nothing can be said about what was not "
           "captured.</p>\n";
  std::string rows;
  for (const auto& c : file.coverage)
    rows += "<tr><th scope=\"row\">" + isolated(c.source) + "</th><td data-label=\"From\">" +
            markup::time_element(c.from) + "</td><td data-label=\"To\">" + markup::time_element(c.to) +
            "</td><td data-label=\"Polls\">" + std::to_string(c.polls) +
            "</td><td data-label=\"Not complete\">" + std::to_string(c.incomplete) + "</td></tr>\n";
  return out +
         "<table class=\"stacks\"><caption>Polls between the first and the last entry of this "
         "file</caption>\n"
         "<thead><tr><th scope=\"col\">Source</th><th scope=\"col\">From</th><th scope=\"col\">To</th>"
         "<th scope=\"col\">Polls</th><th scope=\"col\">Not complete</th></tr></thead>\n<tbody>\n" +
         rows + "</tbody></table>\n<p>What was posted and removed between two polls was not seen.</p>\n";
}

}  // namespace

std::string case_page(const CaseFile& file) {
  std::string out =
      markup::page_head("Case file: " + file.title) + cover(file) + contents(file) +
      "<h2 id=\"records\">The records</h2>\n<p>Each record comes with every version that was "
      "captured. A citation is the number of an entry in the ledger and its leaf hash: quote both in "
      "a minute or a decision.</p>\n";
  const Threads threads(file);
  for (std::size_t i = 0; i < file.records.size(); ++i) out += record_html(threads, file.records[i], i + 1);
  return out + coverage(file) + "</main>\n<footer><p>Made by " + escaped(file.agent) +
         ". Times are UTC.</p></footer>\n</body>\n</html>\n";
}

}  // namespace muniment::exporters
