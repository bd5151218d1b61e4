// Files that versions of items name, and what became of them.
#include "index/writer.hpp"

namespace muniment::index {

Status Writer::write_row(const MediaNamed& named) {
  std::int64_t source = 0;
  if (!named.source.empty()) {
    const auto number = source_number(named.source);
    if (!number) return number.error();
    source = *number;
  }
  for (const auto place : named.places) {
    auto done = sql_.name_media.bind(1, static_cast<std::int64_t>(named.version))
                    .bind(2, place)
                    .bind(3, source)
                    .run();
    if (!done) return done;
  }
  return {};
}

Status Writer::write_row(const MediaFate& fate) {
  return sql_.set_media.bind(1, static_cast<std::int64_t>(fate.version))
      .bind(2, fate.place)
      .bind(3, static_cast<std::int64_t>(fate.state))
      .bind(4, static_cast<std::int64_t>(fate.entry))
      .bind(5, fate.due)
      .bind(6, static_cast<std::int64_t>(fate.content))
      .run();
}

}  // namespace muniment::index
