#include "support/made_archive.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <zlib.h>
#include <zstd.h>

#include <cstdlib>

namespace muniment::support {
namespace {

la_ssize_t append(archive*, void* out, const void* bytes, std::size_t size) {
  static_cast<std::string*>(out)->append(static_cast<const char*>(bytes), size);
  return static_cast<la_ssize_t>(size);
}

void must(bool held) {
  if (!held) std::abort();
}

}  // namespace

std::string made_archive(Made kind, const std::vector<MadeEntry>& entries) {
  std::string out;
  auto* writer = archive_write_new();
  if (kind == Made::kZip)
    archive_write_set_format_zip(writer);
  else
    archive_write_set_format_pax_restricted(writer);
  if (kind == Made::kTarGzip) archive_write_add_filter_gzip(writer);
  if (kind == Made::kTarZstd) archive_write_add_filter_zstd(writer);
  archive_write_set_bytes_in_last_block(writer, 1);
  must(archive_write_open(writer, &out, nullptr, append, nullptr) == ARCHIVE_OK);
  for (const auto& made : entries) {
    auto* entry = archive_entry_new();
    archive_entry_set_pathname(entry, made.name.c_str());
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_filetype(entry, made.device ? AE_IFCHR : made.link.empty() ? AE_IFREG : AE_IFLNK);
    if (!made.link.empty()) archive_entry_set_symlink(entry, made.link.c_str());
    archive_entry_set_size(
        entry, static_cast<la_int64_t>(made.link.empty() && !made.device ? made.bytes.size() : 0));
    must(archive_write_header(writer, entry) >= ARCHIVE_WARN);
    if (made.link.empty() && !made.device && !made.bytes.empty())
      must(archive_write_data(writer, made.bytes.data(), made.bytes.size()) ==
           static_cast<la_ssize_t>(made.bytes.size()));
    archive_entry_free(entry);
  }
  must(archive_write_close(writer) == ARCHIVE_OK);
  archive_write_free(writer);
  return out;
}

std::string made_gzip(std::string_view bytes) {
  constexpr int kGzip = 15 + 16;
  z_stream stream{};
  must(deflateInit2(&stream, 9, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string in(bytes);
  std::string out(deflateBound(&stream, in.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  must(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string made_zstd(std::string_view bytes, int window_log) {
  auto* context = ZSTD_createCCtx();
  must(ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, window_log)) == 0);
  must(ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_enableLongDistanceMatching, 1)) == 0);
  std::string out(ZSTD_compressBound(bytes.size()) + 64, '\0');
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  ZSTD_outBuffer to{out.data(), out.size(), 0};
  // Not told at once that this is all, it cannot say how long it is.
  must(ZSTD_isError(ZSTD_compressStream2(context, &to, &in, ZSTD_e_continue)) == 0);
  must(ZSTD_compressStream2(context, &to, &in, ZSTD_e_end) == 0);
  ZSTD_freeCCtx(context);
  out.resize(to.pos);
  return out;
}

std::string made_warc_record(std::string_view type, std::string_view uri, std::string_view block) {
  return "WARC/1.0\r\nWARC-Type: " + std::string(type) + "\r\nWARC-Target-URI: " + std::string(uri) +
         "\r\nWARC-Date: 2026-05-01T10:00:00Z\r\nContent-Length: " + std::to_string(block.size()) +
         "\r\n\r\n" + std::string(block) + "\r\n\r\n";
}

}  // namespace muniment::support
