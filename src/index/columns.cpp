#include "index/columns.hpp"

#include "index/words.hpp"

namespace muniment::index {
namespace {

std::string_view local_part(std::string_view handle) {
  if (handle.starts_with('@')) handle.remove_prefix(1);
  return handle.substr(0, handle.find('@'));
}

}  // namespace

void append_body(std::string& out, const CaptureFields& fields) {
  for (const auto text : fields.texts) append_words(out, text);
}

void append_author(std::string& out, const CaptureFields& fields) {
  append_words(out, local_part(fields.author_handle));
  append_words(out, fields.author_name);
}

void append_tags(std::string& out, const CaptureFields& fields) {
  append_words(out, fields.tags);
}

}  // namespace muniment::index
