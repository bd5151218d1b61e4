// Document numbers, and the rows of `words` and `document`.
#include <algorithm>

#include "index/document_number.hpp"
#include "index/words.hpp"
#include "index/writer.hpp"

namespace muniment::index {
namespace {

constexpr std::string_view token_of(DocumentState state) {
  switch (state) {
    case DocumentState::kSuperseded:
      return facet::kSuperseded;
    case DocumentState::kDeleted:
      return facet::kDeleted;
    case DocumentState::kUnavailable:
      return facet::kUnavailable;
    case DocumentState::kCurrent:
      break;
  }
  return {};
}

}  // namespace

// A second whose slots are all taken points on to a later one, and every search that passes through it
// shortens the way: a thousand items with one and the same date cost a few look-ups each, not a thousand.
Result<std::int64_t> Writer::next_doc(std::int64_t second) {
  std::vector<std::int64_t> passed;
  for (;;) {
    auto slot = slots_.find(second);
    if (slot == slots_.end()) {
      std::int64_t next = 0;
      if (second <= newest_second_) {
        sql_.newest_doc.bind(1, first_doc(second)).bind(2, first_doc(second + 1) - 1);
        const auto row = sql_.newest_doc.step();
        if (!row) return row.error();
        if (!sql_.newest_doc.is_null(0)) next = sql_.newest_doc.integer(0) + 1 - first_doc(second);
        sql_.newest_doc.reset();
      }
      slot = slots_.emplace(second, next).first;
    }
    if (slot->second < kSlots) {
      const std::int64_t doc = first_doc(second) + slot->second++;
      newest_second_ = std::max(newest_second_, second);
      for (std::size_t i = 0; i + 1 < passed.size(); ++i) {
        auto done = sql_.set_full_second.bind(1, passed[i]).bind(2, second).run();
        if (!done) return done.error();
      }
      return doc;
    }
    passed.push_back(second);
    const auto row = sql_.full_second.bind(1, second).step();
    if (!row) return row.error();
    const std::int64_t further = *row ? sql_.full_second.integer(0) : second + 1;
    sql_.full_second.reset();
    second = std::max(further, second + 1);
  }
}

Status Writer::number_documents() {
  for (auto& version : versions_) {
    const auto doc = next_doc(version.second);
    if (!doc) return doc.error();
    version.doc = *doc;
  }
  return {};
}

// In ascending order: FTS5 writes out all it has gathered whenever a row number goes down.
Status Writer::write_documents() {
  std::vector<std::uint32_t> order(versions_.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint32_t>(i);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return versions_[a].doc < versions_[b].doc; });
  const std::string_view text = text_;
  for (const auto i : order) {
    const Version& version = versions_[i];
    auto done = sql_.add_words.bind(1, version.doc)
                    .bind_text(2, text.substr(version.body, version.author - version.body))
                    .bind_text(3, text.substr(version.author, version.tags - version.author))
                    .bind_text(4, text.substr(version.tags, version.end - version.tags))
                    .run();
    if (!done) return done;
  }
  for (const auto i : order) {
    const Version& version = versions_[i];
    auto done = sql_.add_document.bind(1, version.doc).bind(2, static_cast<std::int64_t>(version.seq)).run();
    if (!done) return done;
  }
  return {};
}

// A state is a token of its own on a row that exists already: FTS5 keeps words and rows as pairs, so a pair
// can be added or taken away without the row's other words.  Hence a filter by state is a word like any
// other.
Status Writer::write_marks() {
  std::stable_sort(marks_.begin(), marks_.end(), [](const Mark& a, const Mark& b) { return a.doc < b.doc; });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < marks_.size(); ++i) {
    if (kept > 0 && marks_[kept - 1].doc == marks_[i].doc)
      marks_[kept - 1].to = marks_[i].to;
    else
      marks_[kept++] = marks_[i];
  }
  marks_.resize(kept);
  std::erase_if(marks_, [](const Mark& m) { return m.from == m.to; });
  for (const auto& m : marks_) {
    if (m.from == DocumentState::kCurrent) continue;
    if (auto done = sql_.take_word.bind(1, m.doc).bind_text(2, token_of(m.from)).run(); !done) return done;
  }
  for (const auto& m : marks_) {
    if (auto done = sql_.set_document.bind(1, m.doc).bind(2, static_cast<std::int64_t>(m.to)).run(); !done)
      return done;
    if (m.to == DocumentState::kCurrent) continue;
    sql_.add_words.bind(1, m.doc).bind_text(2, token_of(m.to)).bind_text(3, "").bind_text(4, "");
    if (auto done = sql_.add_words.run(); !done) return done;
  }
  return {};
}

}  // namespace muniment::index
