#include "cli/version_page.hpp"

#include <ostream>

#include "cli/attached.hpp"
#include "cli/typed_facts.hpp"
#include "cli/word_difference.hpp"

namespace muniment::cli {
namespace {

using app::VersionStory;
using records::Interaction;

const char* covered_words(bool covered) {
  return covered ? "covered by a signed checkpoint" : "not yet covered by a signed checkpoint";
}

std::string joined(const std::vector<std::string>& items) {
  std::string out;
  for (const auto& item : items) out.append(out.empty() ? "" : ", ").append(item);
  return out;
}

std::string counted(const Interaction& item) {
  std::string out;
  for (const auto& [name, count] : item.counts)
    out.append(out.empty() ? "" : ", ").append(name).append(" ").append(std::to_string(count));
  return out;
}

bool is_public(const std::string& visibility) {
  return visibility == "public" || visibility == "publish";
}

// "Jo Bright (jo@town.example)"; where nothing else is known, the account's number.
std::string account_words(const records::Account& account) {
  if (account.name.empty()) return account.handle.empty() ? account.id : account.handle;
  return account.name + (account.handle.empty() ? "" : " (" + account.handle + ")");
}

// A contact that nobody captured: it has no exchange, and no versions before it.
void typed(PageLines& page, const VersionStory& version, bool covered) {
  const auto& item = version.interaction;
  for (const auto& fact : typed_facts(version.body))
    page.line(fact.label, fact.is_time ? page.time(fact.text) : fact.text, fact.note);
  page.line("sealed", page.time(version.sealed), "when it was written into the ledger");
  page.line("leaf", version.leaf, covered_words(covered));
  if (!item.summary.empty()) page.line("subject", item.summary);
  if (!item.text.empty()) page.text(item.text);
}

void times(PageLines& page, const VersionStory& version) {
  const auto& item = version.interaction;
  page.line("posted", page.time(item.posted), "the platform claims");
  page.line("edited", page.time(item.edited), "the platform claims");
  page.line("crawled", page.time(version.crawled), "the file claims");
  page.line(version.from_file ? "read" : "captured",
            page.time(std::string(records::value_of(version.body, "fetched").value_or(""))),
            version.from_file ? "when it was read from a file, which proves no earlier time"
                              : "when the answer arrived");
  page.line("sealed", page.time(version.sealed), "when it was written into the ledger");
}

void facts(PageLines& page, const Interaction& item) {
  page.line("address", item.url);
  page.line("version of", item.edit_of);
  page.line("repost of", item.repost_of, "these are that post's words, not the author's");
  page.line("words of", account_words(item.repost_author), "the platform claims");
  page.line("quotes", item.quote_of);
  page.line("language", item.lang, "the platform claims");
  if (!is_public(item.visibility)) page.line("visibility", item.visibility, "as the platform calls it");
  page.line("mentions", joined(item.mentions));
  page.line("tags", joined(item.tags));
  for (const auto& link : item.links) page.line("link", link);
  page.line("counted", counted(item), "the platform claims, when this version was first captured");
}

void changes(PageLines& page, const Interaction& before, const Interaction& after) {
  std::string text;
  for (const auto& piece : word_difference(before.text, after.text)) {
    if (piece.kind == Piece::Kind::kRemoved) text += "[-" + piece.text + "-]";
    if (piece.kind == Piece::Kind::kAdded) text += "{+" + piece.text + "+}";
    if (piece.kind == Piece::Kind::kSame) text += piece.text;
  }
  page.out() << "  changes     [-taken out-] {+put in+}\n";
  page.text(text);
}

}  // namespace

void print_version(PageLines& page, const app::Story& story, std::size_t i) {
  const auto& version = story.versions[i];
  const auto& item = version.interaction;
  const bool covered = version.seq < story.checkpointed;
  page.out() << "\nversion " << i + 1 << " of " << story.versions.size() << "  (entry " << version.seq << ", "
             << version.kind << ")\n";
  page.line("author", account_words(item.author));
  if (is_typed(version.body)) return typed(page, version, covered);
  times(page, version);
  if (records::value_of(version.body, "completes"))
    page.line("completes", "yes", "it tells more of the version before; nobody edited that");
  facts(page, item);
  page.line("came with", std::string("entry ") +
                             std::string(records::value_of(version.body, "exchange").value_or("?")) + ": " +
                             version.exchange_method + ' ' + version.exchange_url +
                             (version.exchange_status.empty() ? "" : ' ' + version.exchange_status));
  page.line("leaf", version.leaf, covered_words(covered));
  page.line("title", item.summary);
  for (const auto& one : version.attachments) page.line("attached", attached_text(one), attached_note(one));
  if (i == 0)
    page.text(item.text);
  else
    changes(page, story.versions[i - 1].interaction, item);
}

}  // namespace muniment::cli
