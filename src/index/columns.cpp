#include "index/columns.hpp"

#include <utility>

#include "index/words.hpp"

namespace muniment::index {
namespace {

std::string_view local_part(std::string_view handle) {
  if (handle.starts_with('@')) handle.remove_prefix(1);
  return handle.substr(0, handle.find('@'));
}

}  // namespace

void append_body(std::string& out, const CaptureFields& fields) {
  bool is_first = true;
  for (const auto& [words, begins] : fields.texts) {
    if (begins && !std::exchange(is_first, false)) out.append(facet::kBetween).push_back(' ');
    append_words(out, words);
  }
}

void append_author(std::string& out, const CaptureFields& fields) {
  append_words(out, local_part(fields.author_handle));
  append_words(out, fields.author_name);
}

void append_tags(std::string& out, const CaptureFields& fields) {
  append_words(out, fields.tags);
}

}  // namespace muniment::index
