#include "verify/bagit.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <string>
#include <string_view>

#include "base/file.hpp"
#include "base/sha256.hpp"
#include "base/utf8.hpp"
#include "verify/damage.hpp"

namespace muniment::verify {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargestManifest = 64U << 20;  // bytes
constexpr std::string_view kDeclaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
using Manifest = std::map<std::string, std::string>;  // path to hexadecimal SHA-256

Result<std::string> sha256_of_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error{Code::kIo, path.filename().string() + " could not be opened"};
  base::Sha256 hasher;
  std::string block(1U << 20, '\0');
  while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0)
    hasher.bytes(std::string_view(block).substr(0, static_cast<std::size_t>(in.gcount())));
  if (in.bad()) return Error{Code::kIo, path.filename().string() + " could not be read to its end"};
  return base::to_hex(hasher.finish());
}

// Names inside a bag: relative, without "." and ".." parts, '%' for what a line cannot hold.
bool is_bag_path(std::string_view path) {
  if (path.empty() || path[0] == '/' || path.find('\\') != std::string_view::npos) return false;
  for (std::size_t at = 0; at <= path.size();) {
    const auto end = std::min(path.find('/', at), path.size());
    const auto part = path.substr(at, end - at);
    if (part.empty() || part == "." || part == "..") return false;
    at = end + 1;
  }
  return true;
}

std::string undo_percent(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto code = text.substr(i, 3);
    if (code == "%0A" || code == "%0a")
      out += '\n', i += 2;
    else if (code == "%0D" || code == "%0d")
      out += '\r', i += 2;
    else if (code == "%25")
      out += '%', i += 2;
    else
      out += text[i];
  }
  return out;
}

bool is_lower_hex(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool parse_manifest(std::string_view text, Manifest& out) {
  if (!base::is_utf8(text)) return false;
  while (!text.empty()) {
    const auto end = text.find('\n');
    auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!is_lower_hex(line.substr(0, 64))) return false;
    const auto name = line.find_first_not_of(" \t", 64);
    if (name == std::string_view::npos || name == 64) return false;
    std::string path = undo_percent(line.substr(name));
    if (!is_bag_path(path) || !out.emplace(std::move(path), line.substr(0, 64)).second) return false;
  }
  return true;
}

// False: there is no such manifest, or it cannot be used; said in the report.
bool read_manifest(const fs::path& bag, const std::string& name, Manifest& out, Report& report) {
  const auto text = base::read_file(bag / name, kLargestManifest);
  if (!text && text.error().code == Code::kNotFound) return report.find("bag", name + " is missing"), false;
  if (!text) return report_unreadable(report, text.error(), name), false;
  if (!parse_manifest(*text, out))
    return report.find("bag", name + " is not a list of checksums and files"), false;
  return true;
}

// Every plain file of the bag by its path in it, '/' between the parts.
bool list_files(const fs::path& bag, Manifest& out, Report& report) {
  std::error_code error;
  fs::recursive_directory_iterator at(bag, error);
  for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    const auto status = at->symlink_status(error);
    if (error) break;
    const std::string path = at->path().lexically_relative(bag).generic_string();
    if (fs::is_regular_file(status))
      out.emplace(path, std::string());
    else if (!fs::is_directory(status))
      report.find("bag", path + " is neither a file nor a folder");
  }
  if (error) report.could_not("the files of the bag: " + error.message());
  return !error;
}

void compare(const fs::path& bag, const Manifest& manifest, const Manifest& files, Report& report) {
  for (const auto& [path, wanted] : manifest) {
    if (!files.contains(path)) {
      report.find("bag", "the file " + path + " is listed and missing");
      continue;
    }
    const auto found = sha256_of_file(bag / path);
    if (!found)
      report_unreadable(report, found.error(), "a file of the bag");
    else if (*found != wanted)
      report.find("bag", "the file " + path + " is not the one that was put into the bag");
  }
}

// A bag may have manifests with other checksums, and each of them must hold (RFC 8493, 2.2.1).
void say_what_is_not_read(const Manifest& files, Report& report) {
  for (const auto& [path, unused] : files) {
    const bool is_manifest = path.starts_with("manifest-") || path.starts_with("tagmanifest-");
    if (is_manifest && path.ends_with(".txt") && !path.ends_with("-sha256.txt"))
      report.could_not("the files of the bag against " + path + ": only checksums of SHA-256 are read");
  }
}

}  // namespace

void check_bag(const fs::path& bag, Report& report) {
  const auto declaration = base::read_file(bag / "bagit.txt", 4096);
  if (!declaration && declaration.error().code != Code::kNotFound)
    return report_unreadable(report, declaration.error(), "bagit.txt");
  if (!declaration || *declaration != kDeclaration)
    return report.find("bag", "this folder is not a bag (BagIt 1.0): bagit.txt does not say so");
  Manifest files, payload, tags;
  if (!list_files(bag, files, report)) return;
  if (files.contains("fetch.txt"))
    report.find("bag", "the bag is not complete: files have to be fetched from elsewhere");
  if (!read_manifest(bag, "manifest-sha256.txt", payload, report) ||
      !read_manifest(bag, "tagmanifest-sha256.txt", tags, report))
    return;
  say_what_is_not_read(files, report);
  compare(bag, payload, files, report);
  compare(bag, tags, files, report);
  for (const auto& [path, unused] : payload)
    if (!path.starts_with("data/"))
      report.find("bag", "the manifest lists " + path + ", which is outside of data/");
  for (const auto& [path, unused] : files) {
    const bool listed = path.starts_with("data/") ? payload.contains(path) : tags.contains(path);
    if (!listed && path != "tagmanifest-sha256.txt")
      report.find("bag", "the file " + path + " is in no list of the bag");
  }
  report.check(std::to_string(payload.size()) + " files in data/, against the bag's own checksums");
}

}  // namespace muniment::verify
