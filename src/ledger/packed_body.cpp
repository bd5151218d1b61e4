#include "ledger/packed_body.hpp"

#include "base/aead.hpp"
#include "base/zstd.hpp"
#include "ledger/commitment.hpp"
#include "schema/schema.hpp"

namespace muniment::ledger {
namespace {

// Codecs are stored in every body: add, never renumber.
constexpr char kPlain = 0;
constexpr char kZstdDictionary1 = 1;

constexpr std::size_t kMostSegments = 1U << 20;

const base::ZstdDictionary& dictionary() {
  static const base::ZstdDictionary shared(schema::dictionary_1_zdict);
  return shared;
}

void append_varint(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<char>(0x80 | (value & 0x7F)));
  out.push_back(static_cast<char>(value));
}

std::optional<std::uint64_t> take_varint(std::string_view& in) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 63 && !in.empty(); shift += 7) {
    const auto b = static_cast<unsigned char>(in.front());
    in.remove_prefix(1);
    value |= static_cast<std::uint64_t>(b & 0x7F) << shift;
    if (b < 0x80) return b == 0 && shift > 0 ? std::nullopt : std::optional(value);
  }
  return std::nullopt;
}

std::optional<std::string_view> take_name(std::string_view& in) {
  const auto end = in.substr(0, 65).find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const auto name = in.substr(0, end);
  in.remove_prefix(end + 1);
  return name;
}

// The segment lengths of one field, as cuts; `size` becomes the length of the whole value.
bool take_cuts(std::string_view& in, records::Field& field, std::uint64_t& size) {
  const auto count = take_varint(in);
  if (!count || *count == 0 || *count > kMostSegments || *count > in.size()) return false;
  field.cuts.reserve(*count - 1);
  size = 0;
  for (std::uint64_t i = 0; i < *count; ++i) {
    if (i > 0) field.cuts.push_back(static_cast<std::uint32_t>(size));
    const auto length = take_varint(in);
    if (!length || *length > kMostPackedBytes) return false;
    size += *length;
  }
  return size <= kMostPackedBytes;
}

}  // namespace

void pack(const records::Body& body, std::string& out) {
  std::size_t size = 16;
  for (const auto& field : body) size += field.name.size() + field.value.size() + field.cuts.size() + 12;
  out.clear();
  out.reserve(size);
  append_varint(out, body.size());
  for (const auto& field : body) {
    out += field.name;
    out.push_back('\n');
  }
  for (const auto& field : body) {
    const std::size_t count = records::segment_count(field);
    append_varint(out, count);
    for (std::size_t i = 0; i < count; ++i) append_varint(out, records::segment(field, i).size());
  }
  for (const auto& field : body) out += field.value;
}

std::optional<records::Body> unpack(std::string_view in) {
  const auto count = take_varint(in);
  if (!count || *count == 0 || *count > 65535 || *count > in.size()) return std::nullopt;
  records::Body body(static_cast<std::size_t>(*count));
  std::string_view before;
  for (auto& field : body) {
    const auto name = take_name(in);
    if (!name || !records::is_field_name(*name) || *name <= before) return std::nullopt;
    field.name = *name;
    before = *name;
  }
  std::vector<std::uint64_t> sizes(body.size());
  for (std::size_t j = 0; j < body.size(); ++j)
    if (!take_cuts(in, body[j], sizes[j])) return std::nullopt;
  for (std::size_t j = 0; j < body.size(); ++j) {
    if (sizes[j] > in.size()) return std::nullopt;
    body[j].value = in.substr(0, sizes[j]);
    in.remove_prefix(sizes[j]);
  }
  if (!in.empty()) return std::nullopt;
  return body;
}

struct BodySealer::State {
  base::Aead aead;
  base::Zstd zstd{dictionary()};
  std::string plain;
  std::string packed;
};

BodySealer::BodySealer() : state_(std::make_unique<State>()) {}
BodySealer::~BodySealer() = default;

std::string BodySealer::seal(const base::Secret& secret, Seq seq, const records::Body& body) {
  auto& [aead, zstd, plain, packed] = *state_;
  pack(body, packed);
  plain.assign(1, packed.size() <= kMostPackedBytes ? kZstdDictionary1 : kPlain);
  if (packed.size() <= kMostPackedBytes)
    zstd.compress(packed, plain);
  else
    plain += packed;
  return aead.seal(body_key(secret, seq), plain);
}

Result<records::Body> BodySealer::open(const base::Secret& secret, Seq seq, std::string_view sealed) {
  const auto wrong = [&](const char* what) {
    return Error{Code::kCorrupt, "entry " + std::to_string(seq) + ": its body " + what,
                 "do not write to this archive; run `muniment verify --deep`"};
  };
  const auto plain = state_->aead.open(body_key(secret, seq), sealed);
  if (!plain || plain->empty()) return wrong("does not unseal under its key");
  const std::string_view rest = std::string_view(*plain).substr(1);
  std::optional<records::Body> body;
  if (plain->front() == kPlain) {
    body = unpack(rest);
  } else if (plain->front() == kZstdDictionary1) {
    if (state_->zstd.decompress(rest, kMostPackedBytes, state_->packed)) body = unpack(state_->packed);
  } else {
    return Error{Code::kInvalid,
                 "entry " + std::to_string(seq) + " was written by a later version of muniment",
                 "read it with a newer muniment"};
  }
  if (!body) return wrong("is not in the form docs/formats/archive.md describes");
  return *std::move(body);
}

}  // namespace muniment::ledger
