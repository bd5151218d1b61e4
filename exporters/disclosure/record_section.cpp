#include "record_section.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <variant>

#include "muniment/markup.hpp"
#include "record_view.hpp"

namespace muniment::exporters {
namespace {

using markup::escaped;

std::string fact(std::string_view label, const std::string& html) {
  if (html.empty()) return {};
  return "<dt>" + escaped(label) + "</dt><dd>" + html + "</dd>\n";
}

std::string isolated(const std::string& html) {
  return html.empty() ? html : "<bdi dir=\"auto\">" + html + "</bdi>";
}

std::string field_fact(const DisclosedEntry& entry, std::string_view label, std::string_view name) {
  return fact(label, isolated(field_html(entry, name)));
}

// A time that somebody else claims: shown as a date when it is whole.
std::string time_fact(const DisclosedEntry& entry, std::string_view label, std::string_view name) {
  const auto value = plain_value(entry, name);
  return fact(label, value.empty() ? field_html(entry, name) : markup::time_element(value));
}

std::string code_list(const DisclosedEntry& entry) {
  std::string out;
  for (const auto& code : codes_of(entry)) out += (out.empty() ? "" : ", ") + escaped(code);
  return out;
}

std::string anchor(const DisclosedEntry& entry) {
  return "entry-" + std::to_string(entry.seq);
}

std::string title_of(const DisclosedEntry& entry, std::size_t number) {
  return "Record " + std::to_string(number) + ": " + escaped(kind_words(entry.kind));
}

std::string text_block(const DisclosedEntry& entry, std::string_view name, std::string_view css) {
  const auto html = field_html(entry, name);
  if (html.empty()) return {};
  return "<blockquote dir=\"auto\" class=\"" + std::string(css) + "\">" + html + "</blockquote>\n";
}

std::string people(const DisclosedEntry& entry) {
  return "<dl class=\"facts\">\n" + field_fact(entry, "Who: name shown", "author.name") +
         field_fact(entry, "Who: account", "author.handle") +
         field_fact(entry, "Who: address of the account", "author.url") +
         field_fact(entry, "Who: spoken to", "recipient.name") +
         field_fact(entry, "Who: account spoken to", "recipient.handle") + field_fact(entry, "Kind", "type") +
         field_fact(entry, "Platform", "platform") + field_fact(entry, "Address", "url") +
         field_fact(entry, "In answer to", "reply.to") +
         field_fact(entry, "Repost (these are the words of that post, not of the account above) of",
                    "repost.of") +
         field_fact(entry, "Said first by: name shown", "repost.author.name") +
         field_fact(entry, "Said first by: account", "repost.author.handle") +
         field_fact(entry, "Said first by: address of the account", "repost.author.url") +
         field_fact(entry, "Quotes", "quote.of") + field_fact(entry, "Thread", "thread") + "</dl>\n";
}

std::string times(const DisclosedEntry& entry) {
  const bool typed = entry.kind == "contact";
  return "<dl class=\"facts\">\n" +
         time_fact(
             entry,
             typed ? "Happened (as the person states who wrote it down)" : "Posted (as the platform claims)",
             "posted") +
         time_fact(entry, "Written down (likewise)", "written") +
         time_fact(entry, "Changed (as the platform claims)", "edited") +
         time_fact(entry, "Captured (when we fetched it)", "fetched") +
         fact("Sealed (when it entered the ledger)", markup::time_element(entry.time)) + "</dl>\n";
}

bool holds_entry(const Disclosure& disclosure, std::string_view number) {
  std::uint64_t seq = 0;
  const auto [end, failure] = std::from_chars(number.data(), number.data() + number.size(), seq);
  if (failure != std::errc{} || end != number.data() + number.size()) return false;
  const auto at =
      std::lower_bound(disclosure.entries.begin(), disclosure.entries.end(), seq,
                       [](const DisclosedEntry& entry, std::uint64_t s) { return entry.seq < s; });
  return at != disclosure.entries.end() && at->seq == seq;
}

// "12 <hash>" refers to entry 12, which may be in the bundle as well.
std::string version_before(const Disclosure& disclosure, const DisclosedEntry& entry) {
  const auto of = plain_value(entry, "of");
  if (of.empty()) return {};
  const auto number = of.substr(0, of.find(' '));
  const bool here = holds_entry(disclosure, number);
  const auto words = "entry " + escaped(number);
  return fact(
      "About, or after, the version in",
      here ? "<a href=\"#entry-" + escaped(number) + "\">" + words + "</a>" : words + ", not part of this");
}

bool has_its_own_place(std::string_view name) {
  constexpr std::string_view kPlaced[] = {"author.name",
                                          "author.handle",
                                          "author.url",
                                          "type",
                                          "platform",
                                          "url",
                                          "reply.to",
                                          "repost.of",
                                          "quote.of",
                                          "thread",
                                          "posted",
                                          "edited",
                                          "fetched",
                                          "of",
                                          "source",
                                          "written",
                                          "recipient.name",
                                          "recipient.handle",
                                          "repost.author.name",
                                          "repost.author.handle",
                                          "repost.author.url"};
  return std::find(std::begin(kPlaced), std::end(kPlaced), name) != std::end(kPlaced) || name == "text" ||
         name.starts_with("text.") || name == "summary" || name.starts_with("summary.");
}

std::string field_row(const DisclosedField& field) {
  constexpr std::size_t kLong = 4000;
  const bool bytes = field.name == "raw" || field.name.ends_with(".b64") || field.name == "release";
  std::string html = content_html(field);
  if (std::holds_alternative<Whole>(field.content) && (bytes || html.size() > kLong))
    html = "shown; it is long and stands in bundle.json";
  return "<tr><th scope=\"row\"><code>" + escaped(field.name) + "</code></th><td data-label=\"Value\">" +
         isolated(html) + "</td></tr>\n";
}

std::string other_fields(const DisclosedEntry& entry, bool all) {
  std::string rows;
  for (const auto& field : entry.fields)
    if (all || !has_its_own_place(field.name)) rows += field_row(field);
  if (rows.empty()) return {};
  return "<table class=\"stacks\"><caption>" +
         std::string(all ? "What it says" : "Everything else about it") +
         "</caption><thead><tr><th scope=\"col\">Field</th><th "
         "scope=\"col\">Value</th></tr></thead>\n<tbody>\n" +
         rows + "</tbody></table>\n";
}

std::string provenance(const Disclosure& disclosure, const DisclosedEntry& entry) {
  return "<dl class=\"facts\">\n" + fact("Entry in the ledger", std::to_string(entry.seq)) +
         fact("Leaf hash", "<span class=\"hash\">" + escaped(entry.leaf_hash) + "</span>") +
         field_fact(entry, "Source", "source") + version_before(disclosure, entry) + "</dl>\n";
}

std::string decision_line(const DisclosedEntry& entry) {
  const auto codes = code_list(entry);
  return "<p><strong>Decision:</strong> " + std::string(decision_words(entry.decision)) +
         (codes.empty() ? "" : "; exemptions: " + codes) + "</p>\n";
}

std::string cell(std::string_view label, const std::string& html) {
  return "<td data-label=\"" + escaped(label) + "\">" + (html.empty() ? "–" : html) + "</td>";
}

}  // namespace

std::string schedule_row(const DisclosedEntry& entry, std::size_t number) {
  const auto posted = plain_value(entry, "posted");
  return "<tr><th scope=\"row\"><a href=\"#" + anchor(entry) + "\">Record " + std::to_string(number) +
         "</a></th>" +
         cell("Entry",
              std::to_string(entry.seq) + " <span class=\"hash\">" + escaped(entry.leaf_hash) + "</span>") +
         cell("Posted", posted.empty() ? field_html(entry, "posted") : markup::time_element(posted)) +
         cell("Platform", field_html(entry, "platform")) + cell("Kind", field_html(entry, "type")) +
         cell("Decision", std::string(decision_words(entry.decision))) +
         cell("Exemptions", code_list(entry)) + "</tr>\n";
}

std::string record_article(const Disclosure& disclosure, const DisclosedEntry& entry, std::size_t number) {
  return "<article id=\"" + anchor(entry) + "\" aria-labelledby=\"" + anchor(entry) + "-title\">\n<h3 id=\"" +
         anchor(entry) + "-title\">" + title_of(entry, number) + "</h3>\n" + decision_line(entry) +
         people(entry) + text_block(entry, "summary", "summary") + text_block(entry, "text", "text") +
         "<h4>When</h4>\n" + times(entry) + "<h4>Where it comes from</h4>\n" + provenance(disclosure, entry) +
         other_fields(entry, false) + "</article>\n";
}

std::string supporting_article(const DisclosedEntry& entry) {
  return "<article id=\"" + anchor(entry) + "\">\n<h3>Entry " + std::to_string(entry.seq) + ": " +
         escaped(kind_words(entry.kind)) + "</h3>\n<dl class=\"facts\">\n" +
         fact("Sealed (when it entered the ledger)", markup::time_element(entry.time)) +
         fact("Leaf hash", "<span class=\"hash\">" + escaped(entry.leaf_hash) + "</span>") + "</dl>\n" +
         other_fields(entry, true) + "</article>\n";
}

}  // namespace muniment::exporters
