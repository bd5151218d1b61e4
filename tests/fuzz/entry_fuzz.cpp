// The readers of leaves, packed bodies, notes, keys, policies and releases on any bytes.  What is read as
// sound must be exactly what its parts say.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "verify/leaf.hpp"
#include "verify/note.hpp"
#include "verify/packed_body.hpp"
#include "verify/policy.hpp"
#include "verify/release.hpp"

using namespace muniment::verify;

namespace {

void must(bool condition) {
  if (!condition) std::abort();
}

void read_body(std::string_view text) {
  OpenBody body;
  body.bytes = text;
  std::string why;
  if (!unpack(body, why)) return must(!why.empty());
  must(!body.fields.empty());
  for (const auto& field : body.fields) {
    std::size_t size = 0;
    for (const auto length : field.lengths) size += length;
    must(size == field.value.size() && !field.lengths.empty());
    must(body.value(field.name) == field.value);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  std::string why;
  if (const auto leaf = parse_leaf(text, why))
    must(LeafWriter(leaf->origin).write(leaf->seq, leaf->time, leaf->kind, leaf->root, leaf->commitment) ==
         text);
  if (const auto note = parse_note(text)) must(!note->signatures.empty() && text.starts_with(note->text));
  (void)parse_checkpoint(text);
  (void)parse_vkey(text);
  if (const auto policy = parse_policy(text)) must(!policy->log.empty());
  (void)parse_release(text, why);
  read_body(text);
  return 0;
}
