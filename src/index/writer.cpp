#include "index/writer.hpp"

#include <utility>

#include "index/document_number.hpp"

namespace muniment::index {

Status Writer::prepare() {
  const std::pair<db::Statement*, std::string_view> all[] = {
      {&sql_.add_platform, "INSERT OR IGNORE INTO platform(name) VALUES (?1)"},
      {&sql_.add_account_name, "INSERT OR IGNORE INTO account_name(name, account) VALUES (?1, ?2)"},
      {&sql_.source, "SELECT number FROM source WHERE name = ?1"},
      {&sql_.add_source,
       "INSERT INTO source(name, platform, url, state, private) VALUES (?1, '', '', 3, 0) RETURNING number"},
      {&sql_.set_source,
       "UPDATE source SET platform = ?2, url = ?3, state = ?4, private = ?5, credential = ?6 WHERE number = "
       "?1"},
      {&sql_.move_source, "UPDATE source SET since = ?2, complete = 0, cursor = '' WHERE number = ?1"},
      {&sql_.add_coverage,
       "INSERT OR REPLACE INTO coverage(seq, source, started, finished, outcome) VALUES (?1, ?2, ?3, ?4, "
       "?5)"},
      {&sql_.set_complete,
       "UPDATE source SET complete = ?2, cursor = ?3 WHERE number = ?1 AND NOT (?4 < since AND since <= ?2)"},
      {&sql_.set_validator,
       "INSERT OR REPLACE INTO validator(source, url, etag, modified) VALUES (?1, ?2, ?3, ?4)"},
      {&sql_.drop_validator, "DELETE FROM validator WHERE source = ?1 AND url = ?2"},
      {&sql_.add_unended, "INSERT OR IGNORE INTO unended(source, seq) VALUES (?1, ?2)"},
      {&sql_.drop_unended, "DELETE FROM unended WHERE source = ?1 AND seq < ?2"},
      {&sql_.newest_doc, "SELECT max(doc) FROM document WHERE doc BETWEEN ?1 AND ?2"},
      {&sql_.full_second, "SELECT next FROM full_second WHERE second = ?1"},
      {&sql_.set_full_second, "INSERT OR REPLACE INTO full_second(second, next) VALUES (?1, ?2)"},
      {&sql_.add_document, "INSERT INTO document(doc, seq, state, part) VALUES (?1, ?2, ?3, ?4)"},
      {&sql_.set_document, "UPDATE document SET state = ?2 WHERE doc = ?1"},
      {&sql_.part_of, "SELECT part FROM document WHERE doc = ?1"},
      {&sql_.item, "SELECT seq, doc, state, content, raw FROM item WHERE key = ?1"},
      // OR FAIL: a batch that fails is given up whole, so SQLite need not keep the page as it was before.
      {&sql_.add_item,
       "INSERT OR FAIL INTO item_young(key, seq, doc, state, content, raw) SELECT ?1, ?2, ?3, ?6, ?4, ?5 "
       "WHERE NOT EXISTS (SELECT 1 FROM item_old WHERE key = ?1) ON CONFLICT DO NOTHING"},
      {&sql_.set_young_item,
       "UPDATE item_young SET seq = ?2, doc = ?3, state = ?4, content = ?5, raw = ?6 WHERE key = ?1"},
      {&sql_.set_old_item,
       "UPDATE item_old SET seq = ?2, doc = ?3, state = ?4, content = ?5, raw = ?6 WHERE key = ?1"},
      {&sql_.add_history, "INSERT OR IGNORE INTO history(key, seq, what) VALUES (?1, ?2, ?3)"},
      {&sql_.hold, "INSERT OR REPLACE INTO held(source, key, id) VALUES (?1, ?2, ?3)"},
      {&sql_.release, "DELETE FROM held WHERE key = ?1"},
      {&sql_.register_entry, "INSERT OR IGNORE INTO registered(kind, seq) VALUES (?1, ?2)"},
      {&sql_.name_media,
       "INSERT OR IGNORE INTO media(version, place, source, state, entry, due, content) VALUES (?1, ?2, ?3, "
       "0, 0, 0, 0)"},
      {&sql_.set_media,
       "INSERT INTO media(version, place, source, state, entry, due, content) VALUES (?1, ?2, 0, ?3, ?4, ?5, "
       "?6) ON CONFLICT DO UPDATE SET state = ?3, entry = ?4, due = ?5, content = ?6"},
      {&sql_.advance, "UPDATE follower SET position = ?1, root = ?2 WHERE name = 'search'"},
      {&sql_.add_part,
       "INSERT INTO part(number, base, documents, writes, oldest, newest) VALUES (?1, ?2, 0, 0, 0, 0)"},
      {&sql_.set_part,
       "UPDATE part SET documents = ?2, writes = ?3, oldest = ?4, newest = ?5 WHERE number = ?1"},
      {&sql_.joined, "UPDATE part SET writes = 1 WHERE number = ?1"},
  };
  for (const auto& [statement, text] : all) {
    auto prepared = database_.prepare(text);
    if (!prepared) return prepared.error();
    *statement = std::move(*prepared);
  }
  const auto newest = database_.integer("SELECT coalesce(max(doc), -1) FROM document");
  if (!newest) return newest.error();
  newest_second_ = *newest < 0 ? -1 : second_of(*newest);
  const auto young = database_.integer("SELECT count(*) FROM item_young");
  if (!young) return young.error();
  young_items_ = *young;
  return {};
}

Status Writer::write(Gathered& gathered) {
  marks_.clear();
  slots_.clear();
  if (auto done = write_names(gathered); !done) return done;
  if (auto done = write_source_rows(gathered); !done) return done;
  if (auto done = number_documents(gathered); !done) return done;
  if (auto done = write_items(gathered); !done) return done;
  if (auto done = move_items_if_many(); !done) return done;
  if (auto done = settle_marks(gathered); !done) return done;
  std::int64_t part_number = -1;
  if (!gathered.versions.empty()) {
    auto part = part_for(gathered);
    if (!part) return part.error();
    part_number = part->number;
    if (auto done = write_words(gathered, *part); !done) return done;
    if (auto done = write_documents(gathered, part_number); !done) return done;
  }
  if (auto done = write_marks_elsewhere(part_number); !done) return done;
  return sql_.advance.bind(1, static_cast<std::int64_t>(gathered.end))
      .bind_blob(2, base::view(gathered.root))
      .run();
}

}  // namespace muniment::index
