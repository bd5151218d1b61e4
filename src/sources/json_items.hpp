// Records of JSON, and the items that are cut out of them.
#pragma once

#include <string_view>
#include <utility>

#include "muniment/result.hpp"
#include "sources/json_page.hpp"
#include "sources/source.hpp"

namespace muniment::sources {

// An item that stands there, and says nothing yet.
inline Item item_at(Slice place) {
  Item item;
  item.offset = place.offset;
  item.length = place.length;
  return item;
}

// Had it to be mended?
inline void note_mended(const JsonPage& page, Reading& out) {
  out.recovered = out.recovered || page.recovered();
  out.mended += page.recovered() ? 1U : 0U;
}

// A record's JSON; that it had to be mended is noted.
inline Result<JsonPage> json_in(std::string_view record, Reading& out) {
  auto page = JsonPage::parse(record);
  if (page) note_mended(*page, out);
  return page;
}

struct SavedContext;

// Reads a record that is one document, with a Reader made for it.
template <class Reader>
Status read_document(std::string_view record, const SavedContext& context, Reading& out) {
  auto page = json_in(record, out);
  if (!page) return std::move(page).error();
  Reader(*page, context, out).read();
  return {};
}

}  // namespace muniment::sources
