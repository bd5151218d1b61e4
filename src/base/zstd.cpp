#include "base/zstd.hpp"

#include <zstd.h>

#include <new>

namespace muniment::base {

struct ZstdDictionary::Digested {
  ZSTD_CDict* compress = nullptr;
  ZSTD_DDict* decompress = nullptr;
  ~Digested() {
    ZSTD_freeCDict(compress);
    ZSTD_freeDDict(decompress);
  }
};

ZstdDictionary::ZstdDictionary(std::string_view bytes, int level) : digested_(std::make_unique<Digested>()) {
  digested_->compress = ZSTD_createCDict(bytes.data(), bytes.size(), level);
  digested_->decompress = ZSTD_createDDict(bytes.data(), bytes.size());
  if (digested_->compress == nullptr || digested_->decompress == nullptr) throw std::bad_alloc();
}

ZstdDictionary::~ZstdDictionary() = default;

struct Zstd::Contexts {
  ZSTD_CCtx* compress = ZSTD_createCCtx();
  ZSTD_DCtx* decompress = ZSTD_createDCtx();
  ~Contexts() {
    ZSTD_freeCCtx(compress);
    ZSTD_freeDCtx(decompress);
  }
};

Zstd::Zstd(const ZstdDictionary& dictionary)
    : dictionary_(dictionary), contexts_(std::make_unique<Contexts>()) {
  if (contexts_->compress == nullptr || contexts_->decompress == nullptr) throw std::bad_alloc();
  ZSTD_CCtx_refCDict(contexts_->compress, dictionary_.digested_->compress);
  ZSTD_DCtx_refDDict(contexts_->decompress, dictionary_.digested_->decompress);
}

Zstd::~Zstd() = default;

void Zstd::compress(std::string_view plain, std::string& out) {
  const std::size_t before = out.size();
  out.resize(before + ZSTD_compressBound(plain.size()));
  const std::size_t n = ZSTD_compress2(contexts_->compress, out.data() + before, out.size() - before,
                                       plain.data(), plain.size());
  if (ZSTD_isError(n)) throw std::bad_alloc();  // the output is large enough, so only memory can lack
  out.resize(before + n);
}

std::optional<std::string> Zstd::decompress(std::string_view frame, std::size_t most) {
  const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > most) return std::nullopt;
  if (ZSTD_findFrameCompressedSize(frame.data(), frame.size()) != frame.size()) return std::nullopt;
  std::string out(static_cast<std::size_t>(size), '\0');
  const std::size_t n =
      ZSTD_decompressDCtx(contexts_->decompress, out.data(), out.size(), frame.data(), frame.size());
  if (ZSTD_isError(n) || n != out.size()) return std::nullopt;
  return out;
}

}  // namespace muniment::base
