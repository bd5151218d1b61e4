#include "base/zstd.hpp"

#include <zstd.h>

#include <new>
#include <utility>

namespace muniment::base {

struct ZstdDictionary::Digested {
  std::string_view bytes;
  ZSTD_DDict* decompress = nullptr;
  ~Digested() { ZSTD_freeDDict(decompress); }
};

ZstdDictionary::ZstdDictionary(std::string_view bytes) : digested_(std::make_unique<Digested>()) {
  digested_->bytes = bytes;
  digested_->decompress = ZSTD_createDDict(bytes.data(), bytes.size());
  if (digested_->decompress == nullptr) throw std::bad_alloc();
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

namespace {

// Bodies are a few kilobytes, and most of their time goes into looking up the dictionary: tables that stay
// in the processor's nearest caches are worth more than a cleverer search.
constexpr std::pair<ZSTD_cParameter, int> kShortBodies[] = {
    {ZSTD_c_windowLog, 17}, {ZSTD_c_hashLog, 14}, {ZSTD_c_minMatch, 7}, {ZSTD_c_strategy, ZSTD_fast}};

bool prepare(ZSTD_CCtx* context, std::string_view dictionary) {
  for (const auto& [parameter, value] : kShortBodies)
    if (ZSTD_isError(ZSTD_CCtx_setParameter(context, parameter, value))) return false;
  return !ZSTD_isError(ZSTD_CCtx_loadDictionary(context, dictionary.data(), dictionary.size()));
}

}  // namespace

Zstd::Zstd(const ZstdDictionary& dictionary)
    : dictionary_(dictionary), contexts_(std::make_unique<Contexts>()) {
  if (contexts_->compress == nullptr || contexts_->decompress == nullptr ||
      !prepare(contexts_->compress, dictionary_.digested_->bytes))
    throw std::bad_alloc();
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

bool Zstd::decompress(std::string_view frame, std::size_t most, std::string& out) {
  const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > most) return false;
  if (ZSTD_findFrameCompressedSize(frame.data(), frame.size()) != frame.size()) return false;
  out.resize(static_cast<std::size_t>(size));
  const std::size_t n =
      ZSTD_decompressDCtx(contexts_->decompress, out.data(), out.size(), frame.data(), frame.size());
  return !ZSTD_isError(n) && n == out.size();
}

}  // namespace muniment::base
