// Writes what was gathered into index.db.  Its parts, each in its own file:
// names.cpp (platforms, accounts), source_rows.cpp (sources, polls), media_rows.cpp (files that items name),
// documents.cpp (numbers and states of versions), words_writer.cpp (their words), items.cpp (items).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "db/database.hpp"
#include "db/fts5.hpp"
#include "index/gathered.hpp"
#include "index/part.hpp"

namespace muniment::index {

// Precondition of every call: a transaction is open on `database`, and an error is followed by its rollback
// and by the destruction of the writer, whose caches then say more than the file.
class Writer {
 public:
  // `part_documents`: see index/part.hpp.
  Writer(db::Database& database, const db::Tokenizer& tokenizer, std::int64_t part_documents)
      : database_(database), tokenizer_(tokenizer), part_documents_(part_documents) {}

  Status prepare();
  // Ordered so that each table is walked once.
  Status write(Gathered& gathered);
  // Joins the runs of the part that is being filled, when there are several.
  Status join_youngest();

 private:
  struct Item;
  // A state that a document of an earlier batch goes into.
  struct Mark {
    std::int64_t doc = 0;
    DocumentState from = DocumentState::kCurrent, to = DocumentState::kCurrent;
    std::int64_t part = 0;
  };
  struct PartStatements {
    db::Statement add_words, take_word;
  };
  struct Statements {
    db::Statement add_platform, add_account_name;
    db::Statement source, add_source, set_source, move_source, add_coverage, set_complete, set_validator,
        drop_validator, add_unended, drop_unended;
    db::Statement newest_doc, full_second, set_full_second, add_document, set_document, part_of;
    db::Statement item, add_item, set_young_item, set_old_item, add_history, hold, release, register_entry,
        advance;
    db::Statement name_media, set_media;
    db::Statement add_part, set_part, joined;
  };

  // names.cpp
  Status write_names(const Gathered& gathered);
  Status add_name(std::int64_t account, std::string_view name);
  // source_rows.cpp
  Result<std::int64_t> source_number(std::string_view name);
  Status write_source_rows(const Gathered& gathered);
  Status write_row(const SourceChange& change);
  Status write_row(const Poll& poll);
  Status write_row(const Answered& answered);
  Status write_row(const Answer& answer);
  Status write_row(const Registered& entry);
  // media_rows.cpp
  Status write_row(const MediaNamed& named);
  Status write_row(const MediaFate& fate);
  // documents.cpp
  Result<std::int64_t> next_doc(std::int64_t second);
  Status number_documents(Gathered& gathered);
  void mark(std::int64_t doc, DocumentState from, DocumentState to);
  Status settle_marks(Gathered& gathered);
  Status write_documents(const Gathered& gathered, std::int64_t part);
  // words_writer.cpp
  std::int64_t part_size(std::int64_t parts) const;
  Result<Part> part_for(const Gathered& gathered);
  Result<Part> begin_part(std::int64_t number, std::int64_t base);
  Status make_table(std::int64_t part);
  Result<PartStatements*> statements_of(std::int64_t part);
  Status write_words(const Gathered& gathered, Part part);
  Status write_part(const Part& part);
  Status write_version(PartStatements& sql, const Part& part, const Gathered& gathered,
                       const Version& version);
  Status write_mark(PartStatements& sql, std::int64_t base, const Mark& mark);
  Status write_marks_elsewhere(std::int64_t but);
  Status join(std::int64_t part);
  Status join_if_last(const Part& part, std::int64_t more);
  // items.cpp
  Status write_items(Gathered& gathered);
  Status write_item(const Gathered& gathered, std::size_t first, std::size_t end);
  Result<bool> add_item(const Gathered& gathered, const Event& event);
  Result<bool> read_item(Item& item);
  Status set_item(const Item& item);
  Status move_items_if_many();
  Status apply_event(const Gathered& gathered, Item& item, const Event& event);
  Status add_history(std::int64_t key, ledger::Seq seq, What what);
  Status hold(const Gathered& gathered, const Event& event);

  db::Database& database_;
  const db::Tokenizer& tokenizer_;
  const std::int64_t part_documents_;
  Statements sql_;
  std::map<std::int64_t, PartStatements> parts_;
  std::unordered_map<std::string, std::int64_t> sources_;
  std::unordered_set<std::string> platforms_;
  std::int64_t newest_second_ = -1;
  std::int64_t young_items_ = 0;

  // Of the batch at hand.
  std::vector<std::uint32_t> order_;  // of its versions, newest first
  std::vector<Mark> marks_;
  std::unordered_map<std::int64_t, std::int64_t> slots_;  // second -> next free slot
  std::string text_;
};

}  // namespace muniment::index
