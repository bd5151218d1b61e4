#include "containers/zstd_stream.hpp"

#include <zstd.h>
#include <zstd_errors.h>

#include <array>
#include <bit>
#include <new>

#include "containers/container.hpp"

namespace muniment::containers {
namespace {

constexpr std::string_view kMagic = "\x28\xb5\x2f\xfd";
constexpr std::size_t kChunk = 256U << 10;

std::string size_of(std::uint64_t bytes) {
  constexpr std::uint64_t kMiB = 1U << 20;
  const auto mib = (bytes + kMiB - 1) / kMiB;
  return mib % 1024 == 0 ? std::to_string(mib / 1024) + " GiB" : std::to_string(mib) + " MiB";
}

std::uint64_t little_end_first(std::string_view bytes) {
  std::uint64_t out = 0;
  for (std::size_t i = bytes.size(); i > 0; --i) out = out << 8U | static_cast<unsigned char>(bytes[i - 1]);
  return out;
}

Error too_far_back(std::uint64_t window) {
  if (window > kMostWindow)
    return {Code::kInvalid,
            "it was packed with a window of more than " + size_of(kMostWindow) +
                ", which would take that much memory to read",
            "Unpack it with a program for that, and import what comes out."};
  return {
      Code::kInvalid,
      "it was packed with a window of " + size_of(window) +
          " (`zstd --long`), and to read it takes that much memory",
      "Where the machine has " + size_of(window) + " to spare, `muniment import --large-window` reads it."};
}

Error broken(const std::string& why) {
  return {Code::kInvalid, "zstd: " + why, kKeptBefore};
}

}  // namespace

bool is_zstd(std::string_view beginning) {
  return beginning.starts_with(kMagic);
}

// RFC 8878, 3.1.1.1.
std::optional<std::uint64_t> zstd_window(std::string_view beginning) {
  if (!is_zstd(beginning) || beginning.size() < 6) return std::nullopt;
  const auto byte = [&](std::size_t at) {
    return static_cast<unsigned>(static_cast<unsigned char>(beginning[at]));
  };
  const auto descriptor = byte(4);
  if ((descriptor >> 5U & 1U) == 0) {
    const auto base = std::uint64_t{1} << (10 + (byte(5) >> 3U));
    return base + base / 8 * (byte(5) & 7U);
  }
  // A single segment: all of it is held, and how long that is, is said.
  constexpr std::array<std::size_t, 4> kSizes = {1, 2, 4, 8};
  constexpr std::array<std::size_t, 4> kDictionary = {0, 1, 2, 4};
  const auto bytes = kSizes[descriptor >> 6U];
  const auto at = 5 + kDictionary[descriptor & 3U];
  if (beginning.size() < at + bytes) return std::nullopt;
  return little_end_first(beginning.substr(at, bytes)) + (bytes == 2 ? 256 : 0);
}

Status grant_window(std::string_view beginning, std::uint64_t window) {
  const auto wanted = zstd_window(beginning);
  if (wanted && *wanted > window) return too_far_back(*wanted);
  return {};
}

struct ZstdStream::Frames {
  Frames(base::ByteStream& from, std::uint64_t most)
      : packed(from), window(most), context(ZSTD_createDCtx()) {
    if (context == nullptr) throw std::bad_alloc();
    ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, static_cast<int>(std::bit_width(most)) - 1);
  }
  ~Frames() { ZSTD_freeDCtx(context); }
  Frames(const Frames&) = delete;
  Frames& operator=(const Frames&) = delete;

  base::ByteStream& packed;
  std::uint64_t window;
  ZSTD_DCtx* context;
  std::array<char, kChunk> chunk{};
  ZSTD_inBuffer in{chunk.data(), 0, 0};
  std::uint64_t taken = 0;
  bool in_frame = false;
};

ZstdStream::ZstdStream(base::ByteStream& packed, std::uint64_t window)
    : frames_(std::make_unique<Frames>(packed, window)) {}
ZstdStream::~ZstdStream() = default;

std::uint64_t ZstdStream::taken() const {
  return frames_->taken;
}

Result<std::size_t> ZstdStream::read(std::span<char> into) {
  auto& it = *frames_;
  ZSTD_outBuffer out{into.data(), into.size(), 0};
  for (;;) {
    // What is held back comes out without more being put in.
    if (it.in.pos < it.in.size || it.in_frame) {
      const auto before = it.in.pos;
      const auto said = ZSTD_decompressStream(it.context, &out, &it.in);
      if (ZSTD_getErrorCode(said) == ZSTD_error_frameParameter_windowTooLarge)
        return broken("a part of it was packed with a window of more than " + size_of(it.window));
      if (ZSTD_isError(said)) return broken(ZSTD_getErrorName(said));
      it.in_frame = said != 0;
      if (out.pos != 0) return out.pos;
      if (it.in.pos != before) continue;
    }
    const auto count = it.packed.read(it.chunk);
    if (!count) return count.error();
    if (*count == 0 && it.in_frame) return broken("it breaks off");
    if (*count == 0) return 0;
    it.taken += *count;
    it.in.size = *count;
    it.in.pos = 0;
  }
}

}  // namespace muniment::containers
