#include "ledger/entry.hpp"

#include <array>

#include "base/sha256.hpp"
#include "base/time.hpp"

namespace muniment::ledger {
namespace {

constexpr std::size_t kAttachmentNameBytes = 16;

}  // namespace

std::string leaf_text(std::string_view origin, const Entry& entry) {
  std::string out;
  out.reserve(192 + origin.size());
  out += "muniment-entry/v1\n";
  out += origin;
  out.push_back('\n');
  out += std::to_string(entry.seq);
  out.push_back('\n');
  out += base::to_rfc3339(entry.time);
  out.push_back('\n');
  out += entry.kind;
  out.push_back('\n');
  base::append_base64(out, base::view(entry.root));
  out.push_back('\n');
  base::append_base64(out, base::view(entry.commitment));
  out.push_back('\n');
  return out;
}

base::Hash leaf_hash(std::string_view origin, const Entry& entry) {
  return base::leaf_hash(leaf_text(origin, entry));
}

std::string citation(Seq seq, const base::Hash& leaf) {
  return std::to_string(seq) + ' ' + base::to_base64(leaf);
}

std::string new_attachment_name(base::Entropy& entropy) {
  std::array<std::uint8_t, kAttachmentNameBytes> random{};
  entropy.fill(random);
  return base::to_hex(base::view(random));
}

bool is_attachment_name(std::string_view name) {
  return name.size() == 2 * kAttachmentNameBytes &&
         name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace muniment::ledger
