// One batch on its way into index.db.  The parts of the projection, each in its own file:
// names.cpp (platforms, accounts), source_rows.cpp (sources, polls), documents.cpp (words), items.cpp
// (states).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "db/database.hpp"
#include "db/fts5.hpp"
#include "index/capture_fields.hpp"
#include "index/document_state.hpp"
#include "index/item_event.hpp"
#include "index/keys.hpp"

namespace muniment::index {

// A version of an item: one row in `words` and `document`.
struct Version {
  ledger::Seq seq = 0;
  std::int64_t second = 0;  // posted
  std::int64_t doc = 0;
  std::size_t body = 0, author = 0, tags = 0, end = 0;  // where its columns begin in Writer::text_
};

// Something that happened to an item.
struct Event {
  std::int64_t key = 0;
  ledger::Seq seq = 0;
  What what = What::kVersion;
  std::size_t version = 0;  // in Writer::versions_, for kVersion
  Digests digests{};        // kVersion; raw only for kSeenAgain
  std::int64_t source = 0;  // 0: none
  std::string id;           // only with a source
};

// Precondition of every call: a transaction is open on `database`, and an error is followed by its rollback
// and by the destruction of the writer, whose caches then say more than the file.
class Writer {
 public:
  Writer(db::Database& database, const db::Tokenizer& tokenizer, const Keys& keys)
      : database_(database), tokenizer_(tokenizer), keys_(keys) {}

  Status prepare();
  Status add(const ledger::Entry& entry, const records::Body* body, const Digests& digests);
  // Writes what add() gathered, ordered so that each table is walked once.
  Status flush(ledger::Seq position, const base::Hash& root);

 private:
  Status add_version(const ledger::Entry& entry, const records::Body& body, const Digests& digests);
  Status add_event(const ledger::Entry& entry, const records::Body& body, What what);

  // names.cpp
  Result<std::int64_t> platform_number(std::string_view name);
  Result<std::int64_t> account_number(const CaptureFields& fields);
  Status add_name(std::int64_t account, std::string_view name);
  // source_rows.cpp
  Result<std::int64_t> source_number(std::string_view name);
  Status add_source(const records::Body& body);
  Status add_coverage(const ledger::Entry& entry, const records::Body& body);
  Status add_validators(const records::Body& body);
  // documents.cpp
  Result<std::int64_t> next_doc(std::int64_t second);
  Status number_documents();
  Status write_documents();
  Status write_marks();
  // items.cpp
  struct Item;
  Status write_items();
  Status write_item(std::size_t first, std::size_t end);
  Result<bool> add_item(const Event& event);
  Result<bool> read_item(Item& item);
  Status apply_event(Item& item, const Event& event);
  Status add_history(std::int64_t key, ledger::Seq seq, What what);
  Status hold(const Event& event);
  void mark(std::int64_t doc, DocumentState from, DocumentState to);

  struct Mark {
    std::int64_t doc;
    DocumentState from, to;
  };
  struct KnownAccount {
    std::int64_t number;
    std::size_t names;  // hash of the names written last
  };
  struct Statements {
    db::Statement platform, add_platform, account, add_account, add_account_name;
    db::Statement source, add_source, set_source, add_coverage, set_complete, set_validator, drop_validator;
    db::Statement newest_doc, full_second, set_full_second, add_document, set_document, add_words, take_word;
    db::Statement item, add_item, set_item, add_history, hold, release, advance;
  };

  db::Database& database_;
  const db::Tokenizer& tokenizer_;
  const Keys& keys_;
  Statements sql_;

  std::string text_;
  std::vector<Version> versions_;
  std::vector<Event> events_;
  std::vector<Mark> marks_;
  CaptureFields fields_;
  std::unordered_map<std::int64_t, std::int64_t> slots_;  // second -> next free slot, within one batch
  std::unordered_map<std::string, std::int64_t> platforms_, sources_;
  std::unordered_map<std::int64_t, KnownAccount> accounts_;
  std::int64_t newest_second_ = -1;
};

}  // namespace muniment::index
