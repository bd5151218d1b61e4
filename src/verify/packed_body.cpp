#include "verify/packed_body.hpp"

#include <algorithm>
#include <limits>

#include "base/aead.hpp"
#include "base/sha256.hpp"
#include "base/utf8.hpp"
#include "base/zstd.hpp"

namespace muniment::verify {
namespace {

constexpr std::uint8_t kBodyKey = 0x22;

base::Hash body_key(const base::Secret& secret, std::uint64_t seq) {
  base::Sha256 hasher;
  hasher.byte(kBodyKey);
  hasher.hash(secret);
  hasher.u64(seq);
  return hasher.finish();
}

// Unsigned LEB128 without needless zero bytes, at most 2^63-1.
bool take_long_varint(std::string_view& rest, std::uint64_t& value) {
  value = 0;
  for (std::size_t i = 0; i < 9 && i < rest.size(); ++i) {
    const auto byte = static_cast<unsigned char>(rest[i]);
    value |= std::uint64_t{byte & 0x7FU} << (7 * i);
    if ((byte & 0x80) != 0) continue;
    if (i > 0 && byte == 0) return false;
    rest.remove_prefix(i + 1);
    return true;
  }
  return false;
}

// Nearly every number in a body is the length of a word.
inline bool take_varint(std::string_view& rest, std::uint64_t& value) {
  if (rest.empty() || static_cast<unsigned char>(rest.front()) >= 0x80) return take_long_varint(rest, value);
  value = static_cast<unsigned char>(rest.front());
  rest.remove_prefix(1);
  return true;
}

bool take_names(std::string_view& rest, std::uint64_t count, std::vector<FieldView>& fields) {
  fields.clear();
  for (std::uint64_t j = 0; j < count; ++j) {
    const auto end = rest.substr(0, 65).find('\n');
    if (end == std::string_view::npos || !is_field_name(rest.substr(0, end))) return false;
    if (j > 0 && fields.back().name >= rest.substr(0, end)) return false;
    fields.push_back({rest.substr(0, end), {}, {}});
    rest.remove_prefix(end + 1);
  }
  return true;
}

}  // namespace

std::optional<std::string_view> OpenBody::value(std::string_view name) const {
  const auto at =
      std::lower_bound(fields.begin(), fields.end(), name,
                       [](const FieldView& field, std::string_view wanted) { return field.name < wanted; });
  if (at == fields.end() || at->name != name) return std::nullopt;
  return at->value;
}

// At once: together they are UTF-8, and none begins in the middle of a character.
bool OpenBody::is_utf8() const {
  for (const auto& field : fields)
    if (!field.value.empty() && (static_cast<unsigned char>(field.value.front()) & 0xC0) == 0x80)
      return false;
  const char* begin = fields.front().value.data();
  const char* end = fields.back().value.data() + fields.back().value.size();
  return base::is_utf8({begin, static_cast<std::size_t>(end - begin)});
}

bool unpack(OpenBody& body, std::string& why) {
  std::string_view rest = body.bytes;
  std::uint64_t count = 0;
  if (!take_varint(rest, count) || count == 0 || count > kMostFields)
    return why = "the number of its fields is not readable", false;
  if (!take_names(rest, count, body.fields))
    return why = "the names of its fields are not what names must be", false;
  body.lengths.clear();
  body.sizes.clear();
  std::uint64_t total = 0;
  for (std::uint64_t j = 0; j < count; ++j) {
    std::uint64_t segments = 0;
    if (!take_varint(rest, segments) || segments == 0 || segments > kMostSegments || segments > rest.size())
      return why = "the number of segments of a field is not readable", false;
    std::uint64_t size = 0;
    for (std::uint64_t i = 0; i < segments; ++i) {
      std::uint64_t length = 0;
      if (!take_varint(rest, length) || length > kLargestBody)
        return why = "the length of a segment is not readable", false;
      body.lengths.push_back(static_cast<std::uint32_t>(length));
      size += length;
    }
    body.sizes.push_back({static_cast<std::size_t>(segments), static_cast<std::size_t>(size)});
    total += size;
  }
  if (total != rest.size()) return why = "its values are not as long as it says", false;
  // Spans are made once the vector stands still.
  std::span<const std::uint32_t> lengths = body.lengths;
  for (std::size_t j = 0; j < count; ++j) {
    const auto [segments, size] = body.sizes[j];
    body.fields[j].lengths = lengths.first(segments);
    body.fields[j].value = rest.substr(0, size);
    lengths = lengths.subspan(segments);
    rest.remove_prefix(size);
  }
  return true;
}

struct BodyOpener::Tools {
  explicit Tools(std::string_view bytes) : dictionary(bytes), zstd(dictionary) {}
  base::Aead aead;
  base::ZstdDictionary dictionary;
  base::Zstd zstd;
};

BodyOpener::BodyOpener(std::string_view dictionary) : tools_(std::make_unique<Tools>(dictionary)) {}
BodyOpener::~BodyOpener() = default;

Unsealing BodyOpener::open(const base::Secret& secret, std::uint64_t seq, std::string_view sealed,
                           OpenBody& body, std::string& why) {
  if (sealed.size() > kLargestBody + 64)
    return why = "it is larger than a body may be", Unsealing::kMalformed;
  auto plain = tools_->aead.open(body_key(secret, seq), sealed);
  if (!plain) return why = "its seal is broken", Unsealing::kSealBroken;
  if (plain->empty()) return why = "it is empty", Unsealing::kMalformed;
  const char codec = plain->front();
  if (codec == 0) {
    plain->erase(0, 1);
    body.bytes = std::move(*plain);
  } else if (codec == 1) {
    if (!tools_->zstd.decompress(std::string_view(*plain).substr(1), kLargestBody, body.bytes))
      return why = "it does not decompress", Unsealing::kMalformed;
  } else {
    return why = "it is packed in a way that this version does not know", Unsealing::kUnknownCodec;
  }
  return unpack(body, why) ? Unsealing::kOpened : Unsealing::kMalformed;
}

}  // namespace muniment::verify
