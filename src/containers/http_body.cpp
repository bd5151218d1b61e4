#include "containers/http_body.hpp"

#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

namespace muniment::containers {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
    text.remove_suffix(1);
  return text;
}

// Nothing when they are no chunks after all.
std::optional<std::string> without_chunks(std::string_view bytes) {
  std::string out;
  while (!bytes.empty()) {
    const auto end = bytes.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    auto line = trimmed(bytes.substr(0, end));
    line = trimmed(line.substr(0, line.find(';')));
    std::size_t length = 0;
    const auto [stop, fault] = std::from_chars(line.data(), line.data() + line.size(), length, 16);
    if (fault != std::errc() || stop != line.data() + line.size()) return std::nullopt;
    bytes.remove_prefix(end + 1);
    if (length == 0) return out;
    if (length > bytes.size()) return std::nullopt;
    out += bytes.substr(0, length);
    bytes.remove_prefix(length);
    if (bytes.starts_with("\r\n")) bytes.remove_prefix(2);
  }
  return std::nullopt;
}

Result<std::string> inflate_as(std::string_view bytes, std::uint64_t most, int window) {
  z_stream stream{};
  if (inflateInit2(&stream, window) != Z_OK)
    return Error{Code::kUnavailable, "there was no memory to decompress an answer", "Try again later."};
  std::vector<Bytef> input(bytes.begin(), bytes.end());
  stream.next_in = input.data();
  stream.avail_in = static_cast<uInt>(input.size());
  std::string out;
  std::string chunk(64U << 10, '\0');
  int said = Z_OK;
  while (said == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
    stream.avail_out = static_cast<uInt>(chunk.size());
    said = inflate(&stream, Z_NO_FLUSH);
    out.append(chunk, 0, chunk.size() - stream.avail_out);
    if (out.size() > most) said = Z_MEM_ERROR;
    if (said == Z_OK && stream.avail_in == 0 && stream.avail_out != 0) break;
  }
  inflateEnd(&stream);
  if (out.size() > most) return Error{Code::kInvalid, "an answer unpacks to more than is taken"};
  if (said != Z_STREAM_END)
    return Error{Code::kInvalid, "an answer is compressed, but cannot be decompressed"};
  return out;
}

}  // namespace

Result<std::string> inflate_whole(std::string_view bytes, std::uint64_t most) {
  constexpr int kGzipOrZlib = 15 + 32;
  constexpr int kHeadless = -15;
  auto out = inflate_as(bytes, most, kGzipOrZlib);
  if (out || bytes.starts_with("\x1f\x8b")) return out;
  return inflate_as(bytes, most, kHeadless);
}

Result<HttpBody> read_http(std::string_view bytes, std::uint64_t most) {
  if (!bytes.starts_with("HTTP/")) return Error{Code::kInvalid, "a record of the crawl is no HTTP answer"};
  HttpBody out;
  const auto space = bytes.find(' ');
  if (space != std::string_view::npos && space + 4 <= bytes.size())
    std::from_chars(bytes.data() + space + 1, bytes.data() + space + 4, out.status);
  bool chunked = false;
  std::string encoding;
  for (;;) {
    const auto end = bytes.find('\n');
    if (end == std::string_view::npos)
      return Error{Code::kInvalid, "an HTTP answer breaks off in its headers"};
    const auto line = trimmed(bytes.substr(0, end));
    bytes.remove_prefix(end + 1);
    if (line.empty()) break;
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const auto name = lower(line.substr(0, colon));
    const auto value = trimmed(line.substr(colon + 1));
    if (name == "content-type") out.content_type = value;
    if (name == "transfer-encoding") chunked = lower(value).find("chunked") != std::string::npos;
    if (name == "content-encoding") encoding = lower(value);
  }
  std::string joined;
  if (chunked)
    if (auto whole = without_chunks(bytes)) {
      joined = std::move(*whole);
      bytes = joined;
    }
  if (encoding.empty() || encoding == "identity") {
    out.body = bytes;
    return out;
  }
  if (encoding != "gzip" && encoding != "x-gzip" && encoding != "deflate")
    return Error{Code::kInvalid,
                 "an answer is compressed with " + encoding.substr(0, 40) + ", which cannot be read"};
  auto plain = inflate_whole(bytes, most);
  // Some crawlers keep the header and store the body decompressed.
  if (!plain && !bytes.starts_with("\x1f\x8b") && encoding != "deflate") {
    out.body = bytes;
    return out;
  }
  if (!plain) return plain.error();
  out.body = *std::move(plain);
  return out;
}

}  // namespace muniment::containers
