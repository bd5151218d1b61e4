#include "containers/archive.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <bit>

#include "base/utf8.hpp"
#include "containers/zstd_stream.hpp"

namespace muniment::containers {
namespace {

constexpr std::size_t kChunk = 256U << 10;
constexpr std::size_t kStep = 64U << 10;  // of what comes out

Error broken(archive* reader, const std::string& name) {
  const char* said = archive_error_string(reader);
  auto what = "the container cannot be read" + (name.empty() ? "" : " at " + name) + ": " +
              base::to_valid_utf8(said == nullptr ? "no reason given" : said);
  return {Code::kInvalid, std::move(what), kKeptBefore};
}

// Hands a stream to libarchive, and counts.
struct Source {
  base::ByteStream& stream;
  std::array<char, kChunk> chunk{};
  std::uint64_t at = 0;
  std::uint64_t packed = 0;  // how far it was read at most
  Status fault;

  static la_ssize_t read(archive* reader, void* self, const void** bytes) {
    auto& source = *static_cast<Source*>(self);
    const auto count = source.stream.read(source.chunk);
    if (!count) {
      source.fault = count.error();
      archive_set_error(reader, ARCHIVE_FATAL, "%s", count.error().what.c_str());
      return ARCHIVE_FATAL;
    }
    source.at += *count;
    source.packed = std::max(source.packed, source.at);
    *bytes = source.chunk.data();
    return static_cast<la_ssize_t>(*count);
  }

  static la_int64_t seek(archive*, void* self, la_int64_t offset, int whence) {
    auto& source = *static_cast<Source*>(self);
    const auto size = static_cast<la_int64_t>(source.stream.size().value_or(0));
    const la_int64_t base = whence == SEEK_SET   ? 0
                            : whence == SEEK_CUR ? static_cast<la_int64_t>(source.at)
                                                 : size;
    const auto to = base + offset;
    if (to < 0 || to > size || !source.stream.seek(static_cast<std::uint64_t>(to))) return ARCHIVE_FATAL;
    source.at = static_cast<std::uint64_t>(to);
    return to;
  }
};

struct Closes {
  void operator()(archive* reader) const { archive_read_free(reader); }
};

class Archive : public Container, private base::ByteStream {
 public:
  // `zstd`: not null, when that is what `stream` holds.
  Archive(base::ByteStream& stream, std::unique_ptr<ZstdStream> zstd, const Limits& limits)
      : limits_(limits),
        packed_(stream),
        zstd_(std::move(zstd)),
        source_{zstd_ ? *zstd_ : stream, {}, 0, 0, {}},
        reader_(archive_read_new()) {}

  Status open() {
    if (!reader_)
      return Error{Code::kUnavailable, "there was no memory to read a container", "Try again later."};
    auto* reader = reader_.get();
    archive_read_support_filter_gzip(reader);
    archive_read_support_filter_zstd(reader);
    archive_read_support_filter_xz(reader);
    archive_read_support_filter_bzip2(reader);
    archive_read_support_format_zip(reader);
    archive_read_support_format_tar(reader);
    archive_read_support_format_raw(reader);
    archive_read_set_callback_data(reader, &source_);
    archive_read_set_read_callback(reader, Source::read);
    if (source_.stream.size()) archive_read_set_seek_callback(reader, Source::seek);
    if (archive_read_open1(reader) < ARCHIVE_WARN) return broken(reader, {});
    return {};
  }

  Result<std::optional<Entry>> next() override {
    for (;;) {
      if (auto passed = pass_over(); !passed) return passed.error();
      archive_entry* entry = nullptr;
      const int said = archive_read_next_header(reader_.get(), &entry);
      if (said == ARCHIVE_EOF) return std::optional<Entry>();
      if (said < ARCHIVE_WARN) return broken(reader_.get(), name_);
      if (++entries_ > limits_.entries)
        return Error{Code::kInvalid,
                     "the container holds more than " + std::to_string(limits_.entries) + " entries",
                     kKeptBefore};
      open_ = true;
      given_ = 0;
      stated_.reset();
      if (archive_entry_size_is_set(entry) != 0)
        stated_ = static_cast<std::uint64_t>(archive_entry_size(entry));
      if (take(entry)) return std::optional(Entry{name_, {}});
    }
  }

  base::ByteStream& content() override { return *this; }

 private:
  // What is not asked for is unpacked as well, unless it can be sought over, and then it counts.
  Status pass_over() {
    const bool is_zip = (archive_format(reader_.get()) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP;
    const bool passes = open_ && !(is_zip && source_.stream.size());
    open_ = false;
    while (passes) {
      const auto count = read(spare_);
      if (!count) return count.error();
      if (*count == 0) break;
    }
    return {};
  }

  // False: it is no plain file that may be given out.
  bool take(archive_entry* entry) {
    const char* name = archive_entry_pathname(entry);
    name_ = base::to_valid_utf8(name == nullptr ? "" : name);
    if (archive_format(reader_.get()) == ARCHIVE_FORMAT_RAW) {
      name_.clear();
      return true;
    }
    const auto type = archive_entry_filetype(entry);
    const auto refuse = [&](std::string why) {
      find(name_.substr(0, limits_.name_bytes), std::move(why));
      return false;
    };
    if (name_.size() > limits_.name_bytes) return refuse("its name is longer than is taken");
    if (archive_entry_symlink(entry) != nullptr || archive_entry_hardlink(entry) != nullptr)
      return refuse("it is a link; links are not followed");
    if (type == AE_IFDIR) return false;
    if (type != AE_IFREG && type != 0) return refuse("it is a device, a pipe or a socket, not a file");
    if (const auto fault = fault_of_name(name_); !fault.empty()) return refuse(std::string(fault));
    if (archive_entry_is_encrypted(entry) > 0) return refuse("it is encrypted");
    return true;
  }

  Result<std::size_t> read(std::span<char> into) override {
    // libarchive fills the whole span or answers with its error alone: in small steps, less is lost of what
    // came before a break.
    const auto count = archive_read_data(reader_.get(), into.data(), std::min(into.size(), kStep));
    if (count < 0) return broken(reader_.get(), name_);
    unpacked_ += static_cast<std::uint64_t>(count);
    given_ += static_cast<std::uint64_t>(count);
    if (count == 0 && stated_ && *stated_ != given_)
      return Error{Code::kInvalid,
                   "the container cannot be read at " + name_ + ": it states " + std::to_string(*stated_) +
                       " bytes and holds " + std::to_string(given_),
                   kKeptBefore};
    if (unpacked_ > limits_.unpacked)
      return Error{Code::kInvalid, "the container unpacks to more than is taken: stopped at " + name_,
                   kKeptBefore};
    const auto packed = std::max(zstd_ ? zstd_->taken() : source_.packed, packed_.size().value_or(0));
    if (unpacked_ > limits_.unjudged && unpacked_ / limits_.ratio > packed)
      return Error{Code::kInvalid,
                   "the container unpacks to more than " + std::to_string(limits_.ratio) +
                       " times its size, as only a trap does: stopped at " +
                       (name_.empty() ? "its content" : name_),
                   kKeptBefore};
    return static_cast<std::size_t>(count);
  }

  Limits limits_;
  base::ByteStream& packed_;
  std::unique_ptr<ZstdStream> zstd_;
  Source source_;
  std::unique_ptr<archive, Closes> reader_;
  std::array<char, kChunk> spare_{};
  std::string name_;
  bool open_ = false;                    // an entry is, and may not have been read to its end
  std::optional<std::uint64_t> stated_;  // of the open entry
  std::uint64_t given_ = 0;
  std::uint64_t entries_ = 0;
  std::uint64_t unpacked_ = 0;
};

}  // namespace

bool is_archive(std::string_view beginning) {
  for (const std::string_view magic :
       {std::string_view("PK\x03\x04"), std::string_view("PK\x05\x06"), std::string_view("PK\x07\x08"),
        std::string_view("\x1f\x8b"), std::string_view("\x28\xb5\x2f\xfd"),
        std::string_view("\xfd"
                         "7zXZ\0",
                         6),
        std::string_view("BZh")})
    if (beginning.starts_with(magic)) return true;
  return beginning.size() >= 262 && beginning.substr(257, 5) == "ustar";
}

Result<std::unique_ptr<Container>> open_archive(base::ByteStream& stream, std::string_view beginning,
                                                const Limits& limits) {
  std::unique_ptr<ZstdStream> zstd;
  if (is_zstd(beginning)) {
    if (auto granted = grant_window(beginning, limits.window); !granted) return granted.error();
    // Frames after the first get what that one asked for, at least what is usual.
    const auto window = std::bit_ceil(zstd_window(beginning).value_or(0));
    zstd = std::make_unique<ZstdStream>(stream,
                                        std::clamp(window, std::min(kWindow, limits.window), limits.window));
  }
  auto archive = std::make_unique<Archive>(stream, std::move(zstd), limits);
  if (auto opened = archive->open(); !opened) return opened.error();
  return std::unique_ptr<Container>(std::move(archive));
}

}  // namespace muniment::containers
