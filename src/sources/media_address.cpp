#include "sources/media_address.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include "sources/dag_cbor.hpp"
#include "sources/url.hpp"

namespace muniment::sources {
namespace {

constexpr std::string_view kAt = "at://";
constexpr std::string_view kBlob = "/blob/";
constexpr std::string_view kMethods = "/xrpc/";
constexpr std::string_view kAnyServer = "https://bsky.social";
// They answer for all accounts' posts, and hold none of their files.
constexpr std::string_view kViews[] = {"https://public.api.bsky.app", "https://api.bsky.app"};

struct Blob {
  std::string_view did, cid;
};

std::optional<Blob> blob_in(std::string_view named) {
  if (!named.starts_with(kAt)) return std::nullopt;
  named.remove_prefix(kAt.size());
  const auto at = named.find(kBlob);
  if (at == std::string_view::npos) return std::nullopt;
  return Blob{named.substr(0, at), named.substr(at + kBlob.size())};
}

// CID version 1 of raw bytes, as blobs have it.
std::string cid_of(const base::Hash& sha256) {
  std::string binary = {'\x01', '\x55', '\x12', '\x20'};
  binary.append(reinterpret_cast<const char*>(sha256.data()), sha256.size());
  return cid_text(binary);
}

}  // namespace

std::string media_address(std::string_view named, std::string_view source_url) {
  if (named.starts_with("https://") || named.starts_with("http://")) return std::string(named);
  const auto blob = blob_in(named);
  if (!blob) return {};
  const auto methods = source_url.find(kMethods);
  const auto named_server = source_url.substr(0, std::min(methods, source_url.size()));
  const bool holds_files =
      methods != std::string_view::npos && std::ranges::find(kViews, named_server) == std::end(kViews);
  const auto server = holds_files ? named_server : kAnyServer;
  const auto method = std::string(server) + std::string(kMethods) + "com.atproto.sync.getBlob";
  return with_parameter(with_parameter(method, "did", blob->did), "cid", blob->cid);
}

bool is_file_named(std::string_view named, const base::Hash& sha256) {
  const auto blob = blob_in(named);
  return !blob || blob->cid == cid_of(sha256);
}

}  // namespace muniment::sources
