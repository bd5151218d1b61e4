#include "casework/case_builder.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "base/time.hpp"
#include "ledger/disposals.hpp"
#include "records/interaction.hpp"

namespace muniment::casework {
namespace {

std::string value(const records::Body& body, std::string_view name) {
  return std::string(records::value_of(body, name).value_or(""));
}

// "12 <leaf>" or "12"
std::optional<ledger::Seq> cited(const std::string& citation) {
  ledger::Seq seq = 0;
  const auto [end, failure] = std::from_chars(citation.data(), citation.data() + citation.size(), seq);
  const bool whole = end == citation.data() + citation.size() || *end == ' ';
  return failure == std::errc{} && whole ? std::optional(seq) : std::nullopt;
}

// What a person typed in has other things to say of itself than a capture.
void describe_typed(const records::Body& body, CaseVersion& version) {
  version.written = value(body, "written");
  version.entered = value(body, "actor");
  version.written_by = value(body, "written.by");
  version.late = value(body, "late.why");
  version.spoken_to = records::text_of(body, "recipient.name").value_or("");
  if (auto handle = value(body, "recipient.handle"); !handle.empty())
    version.spoken_to += (version.spoken_to.empty() ? "" : ", ") + handle;
  for (std::size_t i = 0;; ++i) {
    const auto media = "media." + std::to_string(i);
    if (records::find(body, media + ".file") == nullptr) break;
    version.supplied.push_back(value(body, media + ".name") + ", " + value(body, media + ".type"));
  }
}

void describe(const records::Body& body, CaseVersion& version, CaseRecord& record) {
  const auto item = records::interaction_of(body);
  version.fetched = value(body, "fetched");
  version.source = value(body, "source");
  version.exchange = value(body, "exchange");
  version.posted = item.posted;
  if (value(body, "provenance.class") == "typed") describe_typed(body, version);
  version.edited = item.edited;
  version.summary = item.summary;
  version.text = item.text;
  const auto newest = [](std::string& held, const std::string& seen) {
    if (!seen.empty()) held = seen;
  };
  newest(record.local, item.local);
  newest(record.platform, item.platform);
  newest(record.type, item.type);
  if (version.kind != ledger::kind::kMedia) newest(record.url, item.url);  // a file's, not the item's
  newest(record.visibility, item.visibility);
  newest(record.author_name, item.author.name);
  newest(record.author_handle, item.author.handle);
  newest(record.reply_to, item.reply_to);
  newest(record.repost_of, item.repost_of);
  newest(record.repost_author_name, item.repost_author.name);
  newest(record.repost_author_handle, item.repost_author.handle);
  newest(record.quote_of, item.quote_of);
  newest(record.thread, item.thread);
}

void count_poll(const records::Body& body, std::map<std::string, CaseCoverage>& by_source) {
  const auto source = value(body, "source");
  auto& coverage = by_source[source];
  coverage.source = source;
  if (coverage.polls++ == 0) coverage.from = value(body, "started");
  coverage.to = value(body, "finished");
  if (value(body, "outcome") != "complete") ++coverage.incomplete;
}

}  // namespace

// seen-again and the like name only the version they are about.
std::string CaseBuilder::item_of(const records::Body& body) {
  if (auto id = value(body, "id"); !id.empty()) return id;
  const auto before = cited(value(body, "of"));
  if (!before) return {};
  const auto version = desk_.reader.body(*before);
  return version ? value(*version, "id") : std::string();
}

Status CaseBuilder::add(ledger::Seq seq) {
  if (done_.contains(seq)) return {};
  if (const auto entry = desk_.reader.entry(seq); !entry)
    return Error{entry.error().code, entry.error().what + "; no case file was made",
                 "correct --records: `muniment search` prints the numbers of records"};
  const auto body = desk_.reader.body(seq);
  if (!body && body.error().code != Code::kNotFound) return body.error();
  CaseRecord record;
  Seqs all = {seq};
  if (body) record.id = item_of(*body);
  if (!record.id.empty()) {
    auto more = desk_.entries_of(seq);
    if (!more) return std::move(more).error();
    all.insert(all.end(), more->begin(), more->end());
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  for (const auto version : all)
    if (auto added = add_version(version, record); !added) return added;
  file_.records.push_back(std::move(record));
  return {};
}

Status CaseBuilder::add_version(ledger::Seq seq, CaseRecord& record) {
  const auto entry = desk_.reader.entry(seq);
  if (!entry) return entry.error();
  const auto leaf = desk_.reader.leaf(seq);
  if (!leaf) return leaf.error();
  CaseVersion version;
  version.seq = seq;
  version.kind = entry->kind;
  version.leaf_hash = base::to_base64(*leaf);
  version.sealed = base::to_rfc3339(entry->time);
  const auto body = desk_.reader.body(seq);
  if (!body && body.error().code != Code::kNotFound) return body.error();
  if (!body)
    if (auto missing = ledger::missing_words(desk_.reader, seq, "no case file was made");
        missing.code != Code::kNotFound)
      return missing;
  version.disposed = !body.has_value();
  if (body) describe(*body, version, record);
  if (record.order.empty()) record.order = version.posted.empty() ? version.sealed : version.posted;
  done_.insert(seq);
  record.versions.push_back(std::move(version));
  return {};
}

Status CaseBuilder::add_coverage() {
  if (done_.empty()) return {};
  std::map<std::string, CaseCoverage> by_source;
  auto read = desk_.reader.each(*done_.begin(), *done_.rbegin() + 1,
                                [&](const ledger::Entry& entry, const records::Body* body) {
                                  if (entry.kind == ledger::kind::kCoverage && body != nullptr)
                                    count_poll(*body, by_source);
                                  return true;
                                });
  if (!read) return read;
  for (auto& [source, coverage] : by_source) file_.coverage.push_back(std::move(coverage));
  return {};
}

}  // namespace muniment::casework
