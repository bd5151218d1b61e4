// Document numbers, the states of versions, and the rows of `document`.
#include <algorithm>
#include <numeric>

#include "index/document_number.hpp"
#include "index/writer.hpp"

namespace muniment::index {

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

Status Writer::number_documents(Gathered& gathered) {
  for (auto& version : gathered.versions) {
    const auto doc = next_doc(version.second);
    if (!doc) return doc.error();
    version.doc = *doc;
  }
  order_.resize(gathered.versions.size());
  std::iota(order_.begin(), order_.end(), 0U);
  std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return gathered.versions[a].doc > gathered.versions[b].doc;
  });
  return {};
}

void Writer::mark(std::int64_t doc, DocumentState from, DocumentState to) {
  if (from != to) marks_.push_back({doc, from, to, 0});
}

// Of several changes to one document the last counts.  Those of this batch's own documents go into their
// versions; the others stay in marks_, newest document first.
Status Writer::settle_marks(Gathered& gathered) {
  std::stable_sort(marks_.begin(), marks_.end(), [](const Mark& a, const Mark& b) { return a.doc > b.doc; });
  std::size_t kept = 0;
  for (const auto& one : marks_) {
    if (kept > 0 && marks_[kept - 1].doc == one.doc)
      marks_[kept - 1].to = one.to;
    else
      marks_[kept++] = one;
  }
  marks_.resize(kept);
  std::erase_if(marks_, [&](const Mark& one) {
    const auto own =
        std::lower_bound(order_.begin(), order_.end(), one.doc,
                         [&](std::uint32_t i, std::int64_t doc) { return gathered.versions[i].doc > doc; });
    if (own == order_.end() || gathered.versions[*own].doc != one.doc) return one.from == one.to;
    gathered.versions[*own].state = one.to;
    return true;
  });
  for (auto& one : marks_) {
    const auto row = sql_.part_of.bind(1, one.doc).step();
    if (!row) return row.error();
    one.part = *row ? sql_.part_of.integer(0) : -1;
    sql_.part_of.reset();
    auto done = sql_.set_document.bind(1, one.doc).bind(2, static_cast<std::int64_t>(one.to)).run();
    if (!done) return done;
  }
  return {};
}

// Oldest first: most new documents go behind all others.
Status Writer::write_documents(const Gathered& gathered, std::int64_t part) {
  for (auto i = order_.rbegin(); i != order_.rend(); ++i) {
    const Version& version = gathered.versions[*i];
    auto done = sql_.add_document.bind(1, version.doc)
                    .bind(2, static_cast<std::int64_t>(version.seq))
                    .bind(3, static_cast<std::int64_t>(version.state))
                    .bind(4, part)
                    .run();
    if (!done) return done;
  }
  return {};
}

}  // namespace muniment::index
