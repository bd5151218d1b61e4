// Looks for the beginnings of words in the text of versions, one by one.
//
// The full-text engine finds the beginning of a word by joining the lists of all words that begin so, in
// every part: milliseconds, however few of the documents are wanted.  Where another word leaves only a few,
// reading their texts is quicker.
#pragma once

#include <optional>
#include <vector>

#include "db/fts5.hpp"
#include "index/capture_fields.hpp"
#include "index/wanted.hpp"
#include "ledger/reader.hpp"

namespace muniment::index {

class Sieve {
 public:
  // Both must outlive it.
  Sieve(ledger::Reader& ledger, const db::Tokenizer& tokenizer) : ledger_(ledger), tokenizer_(tokenizer) {}

  // Whether one column of the version `seq` has each of `wanted`, as the engine would find.  Nothing: its
  // text cannot be read.
  Result<std::optional<bool>> has_all(ledger::Seq seq, const std::vector<Wanted>& wanted);

 private:
  Result<bool> has_all(const records::Body& body, const std::vector<Wanted>& wanted);

  ledger::Reader& ledger_;
  const db::Tokenizer& tokenizer_;
  CaptureFields fields_;
};

}  // namespace muniment::index
