#include "page.hpp"

#include <algorithm>
#include <map>

#include "muniment/markup.hpp"
#include "muniment/page_style.hpp"
#include "record_section.hpp"
#include "record_view.hpp"

namespace muniment::exporters {
namespace {

using markup::escaped;

bool is_record(const Disclosure& disclosure, const DisclosedEntry& entry) {
  return std::binary_search(disclosure.records.begin(), disclosure.records.end(), entry.seq);
}

std::string heading(const Disclosure& d) {
  return "<header>\n<p>" + escaped(d.authority) + "</p>\n<h1>Disclosure for request " +
         markup::shown(d.request) + "</h1>\n<p>Made " + markup::time_element(d.made) + " under the " +
         escaped(d.regime_title) + ".</p>\n</header>\n<main id=\"main\">\n";
}

std::string left_out_counts(const Disclosure& d) {
  std::map<std::string, std::size_t> by_code;
  for (const auto& left : d.left_out) ++by_code[left.code];
  std::string out;
  for (const auto& [code, count] : by_code)
    out += (out.empty() ? "" : ", ") + std::to_string(count) + " left out " +
           (is_exemption(code) ? "under " : "as ") + escaped(code);
  return out;
}

// The answer to a request under which nothing is disclosed.
std::string no_record(const Disclosure& d) {
  return "<p><strong>No record is disclosed.</strong> The archive was searched (<a "
         "href=\"#searches\">what was searched for</a>), " +
         (d.left_out.empty() ? "and nothing was found."
                             : "and of what was found nothing is disclosed: " + left_out_counts(d) + ".") +
         "</p>\n";
}

std::string counts(const Disclosure& d) {
  std::size_t by[3] = {0, 0, 0};
  for (const auto& entry : d.entries)
    if (is_record(d, entry)) ++by[static_cast<std::size_t>(entry.decision)];
  const auto times = [](std::size_t n) { return std::to_string(n); };
  return "<p>" + times(d.records.size()) + (d.records.size() == 1 ? " record" : " records") + ": " +
         times(by[0]) + " shown in full, " + times(by[1]) + " shown in part, " + times(by[2]) +
         " withheld.</p>\n";
}

std::string contents() {
  return "<nav aria-label=\"Contents\"><h2>Contents</h2><ol>"
         "<li><a href=\"#reading\">How to read this page</a></li>"
         "<li><a href=\"#schedule\">Schedule of records</a></li>"
         "<li><a href=\"#searches\">What was searched for</a></li>"
         "<li><a href=\"#exemptions\">Exemptions used</a></li>"
         "<li><a href=\"#records\">The records</a></li>"
         "<li><a href=\"#supporting\">Entries that support them</a></li>"
         "<li><a href=\"#proof\">What this proves, and what it does not</a></li>"
         "<li><a href=\"#verify\">How to check it yourself</a></li></ol></nav>\n";
}

std::string reading() {
  return "<h2 id=\"reading\">How to read this page</h2>\n<p>Words that are withheld are marked like this: " +
         withheld_mark("exemption") +
         ". Only a white-on-black box like that one is ours; square brackets or asterisks in ordinary type "
         "were "
         "typed by the person who wrote the text. Characters that cannot be seen are named in a dashed box, "
         "like <span class=\"hidden-character\">U+202E</span>.</p>\n"
         "<p>Each record gives up to four times, and they are different things. <strong>Posted</strong> and "
         "<strong>changed</strong> are what the platform claims. <strong>Captured</strong> is when the "
         "archive "
         "fetched it. <strong>Sealed</strong> is when it entered the archive’s ledger, after which it could "
         "not "
         "be altered unseen.</p>\n";
}

std::string schedule(const Disclosure& d) {
  std::string rows;
  std::size_t number = 0;
  for (const auto& entry : d.entries)
    if (is_record(d, entry)) rows += schedule_row(entry, ++number);
  const std::string title = "<h2 id=\"schedule\">Schedule of records</h2>\n";
  if (d.records.empty()) return title + no_record(d);
  return title + counts(d) +
         "<table class=\"stacks\"><caption>Every record of this disclosure, in the order of the "
         "ledger</caption>\n"
         "<thead><tr><th scope=\"col\">No.</th><th scope=\"col\">Entry</th><th scope=\"col\">Posted</th>"
         "<th scope=\"col\">Platform</th><th scope=\"col\">Kind</th><th scope=\"col\">Decision</th>"
         "<th scope=\"col\">Exemptions</th></tr></thead>\n<tbody>\n" +
         rows + "</tbody></table>\n";
}

std::string search_line(const DisclosedEntry& entry) {
  return "<li><strong>" + field_html(entry, "query") + "</strong>, asked " +
         markup::time_element(plain_value(entry, "asked")) + " of the first " + field_html(entry, "entries") +
         " entries of the ledger: " + field_html(entry, "hits") + " found (<a href=\"#entry-" +
         std::to_string(entry.seq) + "\">entry " + std::to_string(entry.seq) + "</a>)</li>\n";
}

std::string left_out(const Disclosure& d) {
  if (d.left_out.empty())
    return d.records.empty() ? "" : "<p>Everything that was found is in the schedule above.</p>\n";
  std::string rows;
  for (const auto& left : d.left_out)
    rows += "<tr><th scope=\"row\">" + std::to_string(left.seq) +
            "</th><td data-label=\"Leaf hash\"><span class=\"hash\">" + escaped(left.leaf_hash) +
            "</span></td><td data-label=\"Reason\">" + escaped(left.code) + "</td></tr>\n";
  const std::string list = "in this list of records of which nothing is disclosed.</p>\n";
  return "<p>Everything that was found is " +
         (d.records.empty() ? list : "in the schedule above, or " + list) +
         "<table class=\"stacks\"><caption>Found, and left out</caption>\n<thead><tr><th "
         "scope=\"col\">Entry</th><th scope=\"col\">Leaf hash</th><th "
         "scope=\"col\">Reason</th></tr></thead>\n<tbody>\n" +
         rows + "</tbody></table>\n";
}

std::string searches(const Disclosure& d) {
  std::string lines;
  for (const auto& entry : d.entries)
    if (entry.kind == "search" && !is_record(d, entry)) lines += search_line(entry);
  const std::string title = "<h2 id=\"searches\">What was searched for</h2>\n";
  if (lines.empty())
    return title +
           "<p>No search was put on record for this request: nothing here shows which other records "
           "were looked for.</p>\n";
  return title + "<ul>\n" + lines + "</ul>\n" + left_out(d);
}

std::string exemptions(const Disclosure& d) {
  std::string out = "<h2 id=\"exemptions\">Exemptions used</h2>\n";
  if (d.exemptions.empty()) return out + "<p>None: nothing is withheld.</p>\n";
  out += "<dl class=\"facts\">\n";
  for (const auto& exemption : d.exemptions)
    out += "<dt>" + escaped(exemption.code) + "</dt><dd>" +
           (exemption.title.empty() ? "no title known" : escaped(exemption.title)) + "</dd>\n";
  return out +
         "</dl>\n<p>Which words each was applied to is fixed in <code>release.txt</code>, whose hash the "
         "ledger held before this bundle was made.</p>\n";
}

std::string articles(const Disclosure& d) {
  std::string records = "<h2 id=\"records\">The records</h2>\n";
  if (d.records.empty()) records += "<p>None is disclosed.</p>\n";
  std::string others =
      "<h2 id=\"supporting\">Entries that support them</h2>\n<p>The beginning of the ledger, the "
      "searches that were put on record for the request, and the entry that fixed this decision.</p>\n";
  std::size_t number = 0;
  for (const auto& entry : d.entries)
    if (is_record(d, entry))
      records += record_article(d, entry, ++number);
    else
      others += supporting_article(entry);
  return records + others;
}

std::string proof(const Disclosure& d) {
  return "<h2 id=\"proof\">What this proves, and what it does not</h2>\n"
         "<p>Checked with the key that the authority publishes, <code>bundle.json</code> proves:</p>\n<ul>\n"
         "<li>each entry shown stands in the ledger of <code>" +
         escaped(d.origin) +
         "</code>, at the number given, and has not been altered since it was sealed;</li>\n"
         "<li>each word shown is the word that was sealed, and each gap is one that exists in the record: "
         "nothing was added, moved or left out unmarked;</li>\n"
         "<li>the records are those that the decision names: none was left out or put in; and where a "
         "search was put "
         "on record, everything it found is disclosed or listed as left out;</li>\n"
         "<li>the exemption stated for each gap was fixed in the ledger before this bundle was "
         "made.</li>\n</ul>\n"
         "<p>It does not prove:</p>\n<ul>\n"
         "<li>that the platform served what its author wrote, or that the author is who the account "
         "says;</li>\n"
         "<li>that nothing was missed between two visits to the platform, or that no other record "
         "exists;</li>\n"
         "<li>anything that happened after the checkpoint in it was signed;</li>\n"
         "<li>the times, beyond their order in the ledger, unless an outside time-stamp is included. This "
         "bundle "
         "includes none.</li>\n</ul>\n";
}

std::string verifying() {
  return "<h2 id=\"verify\">How to check it yourself</h2>\n"
         "<p>Get the authority’s policy file from somewhere other than this bundle: it holds the keys. Then, "
         "in "
         "the folder that holds this bundle as <code>DIR</code>:</p>\n"
         "<pre>muniment-verify bundle DIR --policy FILE</pre>\n"
         "<p>or, with nothing but Python and openssl, the one-file script that the authority publishes "
         "beside "
         "its policy:</p>\n<pre>python3 verify_bundle.py DIR --policy FILE</pre>\n"
         "<p>This page is for reading. What is proven is what <code>bundle.json</code> says; the page and "
         "the "
         "file were made from the same data.</p>\n";
}

}  // namespace

std::string disclosure_page(const Disclosure& d) {
  return markup::page_head("Disclosure " + d.request + " – " + d.authority) + heading(d) + contents() +
         reading() + schedule(d) + searches(d) + exemptions(d) + articles(d) + proof(d) + verifying() +
         "</main>\n<footer><p>Made by " + escaped(d.agent) + " for " + escaped(d.authority) +
         ". Times are UTC.</p></footer>\n</body>\n</html>\n";
}

}  // namespace muniment::exporters
