#include "index/writer.hpp"

#include <utility>

#include "index/document_number.hpp"
#include "index/words.hpp"

namespace muniment::index {
namespace {

using ledger::kind::kBarred;
using ledger::kind::kCapture;
using ledger::kind::kCoverage;
using ledger::kind::kDeletion;
using ledger::kind::kEdit;
using ledger::kind::kExchange;
using ledger::kind::kSeenAgain;
using ledger::kind::kSource;

std::string_view local_part(std::string_view handle) {
  if (handle.starts_with('@')) handle.remove_prefix(1);
  return handle.substr(0, handle.find('@'));
}

}  // namespace

Status Writer::prepare() {
  const std::pair<db::Statement*, std::string_view> all[] = {
      {&sql_.platform, "SELECT number FROM platform WHERE name = ?1"},
      {&sql_.add_platform, "INSERT INTO platform(name) VALUES (?1) RETURNING number"},
      {&sql_.account, "SELECT number FROM account WHERE key = ?1"},
      {&sql_.add_account, "INSERT INTO account(key) VALUES (?1) RETURNING number"},
      {&sql_.add_account_name, "INSERT OR IGNORE INTO account_name(name, number) VALUES (?1, ?2)"},
      {&sql_.source, "SELECT number FROM source WHERE name = ?1"},
      {&sql_.add_source,
       "INSERT INTO source(name, platform, url, state, private) VALUES (?1, '', '', 3, 0) RETURNING number"},
      {&sql_.set_source,
       "UPDATE source SET platform = ?2, url = ?3, state = ?4, private = ?5, credential = ?6 WHERE number = "
       "?1"},
      {&sql_.add_coverage,
       "INSERT OR REPLACE INTO coverage(seq, source, started, finished, outcome) VALUES (?1, ?2, ?3, ?4, "
       "?5)"},
      {&sql_.set_complete, "UPDATE source SET complete = ?2, cursor = ?3 WHERE number = ?1"},
      {&sql_.set_validator,
       "INSERT OR REPLACE INTO validator(source, url, etag, modified) VALUES (?1, ?2, ?3, ?4)"},
      {&sql_.drop_validator, "DELETE FROM validator WHERE source = ?1 AND url = ?2"},
      {&sql_.newest_doc, "SELECT max(doc) FROM document WHERE doc BETWEEN ?1 AND ?2"},
      {&sql_.full_second, "SELECT next FROM full_second WHERE second = ?1"},
      {&sql_.set_full_second, "INSERT OR REPLACE INTO full_second(second, next) VALUES (?1, ?2)"},
      {&sql_.add_document, "INSERT INTO document(doc, seq, state) VALUES (?1, ?2, 0)"},
      {&sql_.set_document, "UPDATE document SET state = ?2 WHERE doc = ?1"},
      {&sql_.add_words, "INSERT INTO words(rowid, body, author, tags) VALUES (?1, ?2, ?3, ?4)"},
      {&sql_.take_word,
       "INSERT INTO words(words, rowid, body, author, tags) VALUES ('delete', ?1, ?2, '', '')"},
      {&sql_.item, "SELECT seq, doc, state, content, raw FROM item WHERE key = ?1"},
      {&sql_.add_item,
       "INSERT INTO item(key, seq, doc, state, content, raw) VALUES (?1, ?2, ?3, 0, ?4, ?5) ON CONFLICT DO "
       "NOTHING"},
      {&sql_.set_item,
       "UPDATE item SET seq = ?2, doc = ?3, state = ?4, content = ?5, raw = ?6 WHERE key = ?1"},
      {&sql_.add_history, "INSERT OR IGNORE INTO history(key, seq, what) VALUES (?1, ?2, ?3)"},
      {&sql_.hold, "INSERT OR REPLACE INTO held(source, key, id) VALUES (?1, ?2, ?3)"},
      {&sql_.release, "DELETE FROM held WHERE key = ?1"},
      {&sql_.advance, "UPDATE follower SET position = ?1, root = ?2 WHERE name = 'search'"},
  };
  for (const auto& [statement, text] : all) {
    auto prepared = database_.prepare(text);
    if (!prepared) return prepared.error();
    *statement = std::move(*prepared);
  }
  const auto newest = database_.integer("SELECT coalesce(max(doc), -1) FROM document");
  if (!newest) return newest.error();
  newest_second_ = *newest < 0 ? -1 : second_of(*newest);
  return {};
}

Status Writer::add(const ledger::Entry& entry, const records::Body* body, const Digests& digests) {
  if (body == nullptr) return {};
  const std::string_view kind = entry.kind;
  if (kind == kCapture || kind == kEdit) return add_version(entry, *body, digests);
  if (kind == kExchange) return add_validators(*body);
  if (kind == kSeenAgain) return add_event(entry, *body, What::kSeenAgain);
  if (kind == kDeletion) return add_event(entry, *body, What::kDeletion);
  if (kind == kBarred) return add_event(entry, *body, What::kBarred);
  if (kind == kSource) return add_source(*body);
  if (kind == kCoverage) return add_coverage(entry, *body);
  return {};
}

Status Writer::add_version(const ledger::Entry& entry, const records::Body& body, const Digests& digests) {
  read_capture(fields_, body);
  const auto platform = platform_number(fields_.platform);
  if (!platform) return platform.error();
  const auto account = account_number(fields_);
  if (!account) return account.error();
  std::int64_t source = 0;
  if (!fields_.source.empty()) {
    const auto number = source_number(fields_.source);
    if (!number) return number.error();
    source = *number;
  }
  Version version;
  version.seq = entry.seq;
  version.second = posted_second(fields_, entry.time.time_since_epoch().count() / 1000);
  version.body = text_.size();
  facet::append_platform(text_, *platform);
  if (*account != 0) facet::append_account(text_, *account);
  if (source != 0) facet::append_source(text_, source);
  if (!fields_.reply_to.empty()) {
    text_.append(facet::kReply).push_back(' ');
    facet::append_answers(text_, keys_.item(fields_.platform, fields_.reply_to));
  }
  if (!fields_.local_id.empty() && fields_.local_id != fields_.id)
    facet::append_alias(text_, keys_.item(fields_.platform, fields_.local_id));
  const bool edited = !fields_.edited.empty() && fields_.edited != fields_.posted;
  if (edited || entry.kind == kEdit) text_.append(facet::kEdited).push_back(' ');
  for (const auto text : fields_.texts) append_words(text_, text);
  version.author = text_.size();
  append_words(text_, local_part(fields_.author_handle));
  append_words(text_, fields_.author_name);
  version.tags = text_.size();
  append_words(text_, fields_.tags);
  version.end = text_.size();

  Event event;
  event.key = keys_.item(fields_.platform, fields_.id);
  event.seq = entry.seq;
  event.version = versions_.size();
  event.digests = digests.content != 0 ? digests : keys_.digests(body);
  event.source = source;
  if (source != 0) event.id = fields_.id;
  versions_.push_back(version);
  events_.push_back(std::move(event));
  return {};
}

Status Writer::add_event(const ledger::Entry& entry, const records::Body& body, What what) {
  const auto platform = records::value_of(body, "platform");
  const auto id = records::value_of(body, "id");
  if (!platform || !id) return {};
  Event event;
  event.key = keys_.item(*platform, *id);
  event.seq = entry.seq;
  event.what = what;
  if (what == What::kSeenAgain) event.digests.raw = keys_.raw_digest(body);
  events_.push_back(std::move(event));
  return {};
}

Status Writer::flush(ledger::Seq position, const base::Hash& root) {
  if (auto done = number_documents(); !done) return done;
  if (auto done = write_documents(); !done) return done;
  if (auto done = write_items(); !done) return done;
  if (auto done = write_marks(); !done) return done;
  text_.clear();
  versions_.clear();
  events_.clear();
  marks_.clear();
  slots_.clear();
  return sql_.advance.bind(1, static_cast<std::int64_t>(position)).bind_blob(2, base::view(root)).run();
}

}  // namespace muniment::index
