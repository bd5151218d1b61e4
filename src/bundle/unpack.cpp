#include "bundle/unpack.hpp"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "base/check.hpp"

namespace muniment::bundle {
namespace {

// What came out of one attempt.  A stream that fails before it said this much was no stream.
constexpr std::size_t kStreamAtLeast = 16;

struct Stream {
  std::string out;
  bool whole = false;
  bool too_large = false;
};

class Inflater {
 public:
  explicit Inflater(int window_bits) {
    MUNIMENT_CHECK(::inflateInit2(&state_, window_bits) == Z_OK, "zlib has memory");
  }
  ~Inflater() { ::inflateEnd(&state_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  Stream run(std::string_view bytes, std::size_t most) {
    Stream stream;
    ::inflateReset(&state_);
    state_.avail_in = 0;
    int answer = Z_OK;
    while (answer == Z_OK) {
      if (state_.avail_in == 0) {
        input_.assign(bytes.begin(),
                      bytes.begin() + static_cast<std::ptrdiff_t>(std::min(bytes.size(), kInput)));
        bytes.remove_prefix(input_.size());
        state_.next_in = input_.data();
        state_.avail_in = static_cast<uInt>(input_.size());
      }
      state_.next_out = output_.data();
      state_.avail_out = static_cast<uInt>(output_.size());
      answer = ::inflate(&state_, Z_NO_FLUSH);  // Z_BUF_ERROR when the input has ended before the stream
      stream.out.append(reinterpret_cast<const char*>(output_.data()), output_.size() - state_.avail_out);
      if (stream.out.size() > most) {
        stream.too_large = true;
        return stream;
      }
    }
    stream.whole = answer == Z_STREAM_END;
    return stream;
  }

 private:
  static constexpr std::size_t kInput = 65536;
  z_stream state_{};
  std::vector<unsigned char> input_;
  std::array<unsigned char, 16384> output_{};
};

Stream zstd_stream(std::string_view bytes, std::size_t most) {
  const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
  Stream stream;
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  std::array<char, 65536> out{};
  while (true) {
    ZSTD_outBuffer piece{out.data(), out.size(), 0};
    const std::size_t answer = ZSTD_decompressStream(context.get(), &piece, &in);
    if (ZSTD_isError(answer) != 0U) break;
    stream.out.append(out.data(), piece.pos);
    stream.too_large = stream.out.size() > most;
    stream.whole = answer == 0 && !stream.too_large;
    if (stream.whole || stream.too_large || (piece.pos == 0 && in.pos == in.size)) break;
  }
  return stream;
}

constexpr std::string_view kForeign[] = {{"\xFD"
                                          "7zXZ\0",
                                          6},
                                         {"7z\xBC\xAF\x27\x1C", 6},
                                         {"Rar!\x1A\x07", 6},
                                         {"BZh91AY&SY", 10},
                                         {"MSCF\0\0\0\0", 8},
                                         {"\x04\x22\x4D\x18", 4},
                                         {"LZIP\x01", 5}};

// What compress(1) makes: its third byte says how long codes grow, from 9 bits to 16, in blocks.
bool is_compress(std::string_view bytes, bool by_chance) {
  constexpr std::size_t kShortest = 64;
  if (!bytes.starts_with("\x1F\x9D")) return false;
  if (!by_chance) return true;
  if (bytes.size() < kShortest) return false;
  const auto third = static_cast<unsigned char>(bytes[2]);
  return third >= 0x89 && third <= 0x90;
}

bool holds_foreign_archive(std::string_view bytes, bool by_chance) {
  for (const auto magic : kForeign)
    if (bytes.find(magic) != std::string_view::npos) return true;
  if (is_compress(bytes, by_chance)) return true;
  return bytes.starts_with("%PDF") && bytes.find("/Encrypt") != std::string_view::npos;
}

// Head and trailer alone are longer, and three bits of the head are none (RFC 1952).
bool may_be_gzip(std::string_view bytes) {
  constexpr std::size_t kShortest = 18;
  return bytes.size() >= kShortest && (static_cast<unsigned char>(bytes[3]) & 0xE0U) == 0;
}

unsigned at16(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]) + 256U * static_cast<unsigned char>(bytes[at + 1]);
}

class Opener {
 public:
  Opener(std::string_view bytes, std::size_t most, bool by_chance)
      : bytes_(bytes), left_(most), by_chance_(by_chance) {}

  Unpacked open() {
    result_.closed = holds_foreign_archive(bytes_, by_chance_);
    for (std::size_t at = 0; at + 4 <= bytes_.size() && !result_.closed; ++at) {
      const auto here = bytes_.substr(at);
      if (here.starts_with("PK\x03\x04"))
        zip_member(here);
      else if (here.starts_with("\x28\xB5\x2F\xFD"))
        take(zstd_stream(here, left_), at == 0);
      else if (here.starts_with("\x1F\x8B\x08"))
        take(ready(gzip_, 15 + 16).run(here, left_), at == 0 && (!by_chance_ || may_be_gzip(here)));
      else if ((here[0] & 0x0F) == 8 && (static_cast<unsigned char>(here[0]) >> 4U) <= 7 &&
               (static_cast<unsigned char>(here[0]) * 256 + static_cast<unsigned char>(here[1])) % 31 == 0)
        take(ready(zlib_, 15).run(here, left_), false);
    }
    return std::move(result_);
  }

 private:
  // Most bytes hold no stream, and what takes one apart is large.
  static Inflater& ready(std::optional<Inflater>& inflater, int window_bits) {
    return inflater ? *inflater : inflater.emplace(window_bits);
  }

  // A member is read from its own header: the directory at the end of a zip need not list all that is in it.
  void zip_member(std::string_view here) {
    if (here.size() < 30) return;
    const unsigned flags = at16(here, 6);
    const unsigned method = at16(here, 8);
    const std::size_t data = std::size_t{30} + at16(here, 26) + at16(here, 28);
    if ((flags & 1U) != 0 || (method != 0 && method != 8) || data > here.size()) {
      result_.closed = true;
    } else if (method == 8) {
      take(ready(raw_, -15).run(here.substr(data), left_), true);
    }
  }

  void take(Stream stream, bool declared) {
    const bool broken = !stream.whole && (declared || stream.out.size() >= kStreamBroken);
    result_.closed = result_.closed || stream.too_large || broken;
    if (stream.out.size() < kStreamAtLeast && !declared) return;
    left_ -= std::min(left_, stream.out.size());
    result_.contents.push_back(std::move(stream.out));
  }

  // Noise may look like the beginning of a stream for a few bytes, not for this many.
  static constexpr std::size_t kStreamBroken = 4096;

  std::string_view bytes_;
  std::size_t left_;
  bool by_chance_;
  std::optional<Inflater> gzip_;
  std::optional<Inflater> zlib_;
  std::optional<Inflater> raw_;
  Unpacked result_;
};

}  // namespace

Unpacked unpack(std::string_view bytes, std::size_t most, bool by_chance) {
  return Opener(bytes, most, by_chance).open();
}

}  // namespace muniment::bundle
