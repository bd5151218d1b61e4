#include "bundle/bag_check.hpp"

#include <openssl/evp.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/bytes.hpp"
#include "base/file.hpp"
#include "base/utf8.hpp"

namespace muniment::bundle {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargestTagFile = std::uint64_t{256} << 20U;
constexpr std::uint64_t kLargestFile = std::uint64_t{16} << 30U;

struct Algorithm {
  std::string_view name;
  const EVP_MD* (*digest)();
};
constexpr Algorithm kAlgorithms[] = {{"md5", &EVP_md5},       {"sha1", &EVP_sha1},
                                     {"sha224", &EVP_sha224}, {"sha256", &EVP_sha256},
                                     {"sha384", &EVP_sha384}, {"sha512", &EVP_sha512}};

std::string hex_digest(const EVP_MD* type, std::string_view bytes) {
  std::string out(EVP_MAX_MD_SIZE, '\0');
  unsigned size = 0;
  EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(out.data()), &size, type, nullptr);
  out.resize(size);
  return base::to_hex(out);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::string line;
  const auto end_line = [&] {
    if (!line.empty()) out.push_back(std::exchange(line, {}));
  };
  for (const char c : text) c == '\n' || c == '\r' ? end_line() : line.push_back(c);
  end_line();
  return out;
}

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

// Names that a disk which ignores case, or puts letters together in its own way, takes for one.
std::string as_one_name(const std::string& path) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* folding = icu::Normalizer2::getNFKCCasefoldInstance(status);
  std::string out;
  if (U_SUCCESS(status)) folding->normalize(icu::UnicodeString::fromUTF8(path), status).toUTF8String(out);
  return U_SUCCESS(status) ? out : lower(path);
}

// %0D, %0A and %25 are the only escapes BagIt knows in paths; anything else stands for itself.
std::string decoded_path(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto three = lower(std::string(text.substr(i, 3)));
    const char c = three == "%0d" ? '\r' : three == "%0a" ? '\n' : three == "%25" ? '%' : text[i];
    if (c != text[i] || three == "%25") i += 2;
    out.push_back(c);
  }
  return out;
}

// A path of another machine's making must not lead out of the bag on any of them.
bool stays_inside(std::string_view path) {
  const bool absolute = path.empty() || path[0] == '/' || path[0] == '\\' || path[0] == '~';
  if (absolute || (path.size() > 1 && path[1] == ':')) return false;
  const auto first = path.substr(0, path.find_first_of("/\\"));
  if (first.starts_with('$') || (first.size() > 1 && first.starts_with('%') && first.ends_with('%')))
    return false;
  for (const auto& part : fs::path(path))
    if (part == "..") return false;
  return path.find("..\\") == std::string_view::npos;
}

using Listed = std::map<std::string, std::string>;  // path, digest in lower case

class BagChecker {
 public:
  explicit BagChecker(fs::path folder) : folder_(std::move(folder)) {}

  Result<BagReport> check() {
    if (!fs::is_directory(folder_)) return Error{Code::kNotFound, folder_.string() + " is not a folder", {}};
    read_declaration();
    if (auto listed = list_files(); !listed) return std::move(listed).error();
    read_info();
    read_fetch();
    check_manifests();
    return std::move(report_);
  }

 private:
  void problem(std::string what) { report_.problems.push_back(std::move(what)); }

  std::optional<std::string> tag_file(const std::string& name) {
    auto bytes = base::read_file(folder_ / name, kLargestTagFile);
    if (!bytes) return std::nullopt;
    if (name == "bagit.txt" || encoding_ == "UTF-8") return std::move(*bytes);
    std::string out;
    icu::UnicodeString(bytes->data(), static_cast<std::int32_t>(bytes->size()), encoding_.c_str())
        .toUTF8String(out);
    return out;
  }

  void read_declaration() {
    const auto text = tag_file("bagit.txt");
    if (!text) return problem("bagit.txt is missing");
    if (text->starts_with("\xEF\xBB\xBF")) return problem("bagit.txt begins with a byte order mark");
    const auto lines = lines_of(*text);
    constexpr std::string_view kVersion = "BagIt-Version: ";
    constexpr std::string_view kEncoding = "Tag-File-Character-Encoding: ";
    if (lines.size() != 2 || !lines[0].starts_with(kVersion) || !lines[1].starts_with(kEncoding))
      return problem("bagit.txt is not the two lines it must be");
    report_.version = lines[0].substr(kVersion.size());
    encoding_ = lines[1].substr(kEncoding.size());
    static const std::set<std::string> kKnown = {"0.93", "0.94", "0.95", "0.96", "0.97", "1.0"};
    if (!kKnown.contains(report_.version)) problem("the version of BagIt is not known");
    static const std::set<std::string> kRead = {"UTF-8", "UTF-16", "ISO-8859-1", "US-ASCII"};
    if (kRead.contains(encoding_)) return;
    problem("the tag files are in an encoding that is not read here");
    encoding_ = "UTF-8";
  }

  Status list_files() {
    std::error_code failure;
    for (fs::recursive_directory_iterator at(folder_, failure), end; !failure && at != end;
         at.increment(failure)) {
      if (at->is_symlink(failure)) problem("a symbolic link stands in the bag");
      if (failure || !at->is_regular_file(failure)) continue;
      const auto path = at->path().lexically_relative(folder_).generic_string();
      (path.starts_with("data/") ? payload_ : tags_).insert(path);
    }
    if (failure) return Error{Code::kIo, "listing the bag: " + failure.message(), {}};
    if (!fs::is_directory(folder_ / "data")) problem("the folder data is missing");
    return {};
  }

  void read_info() {
    const auto text = tag_file("bag-info.txt");
    if (!text) return;
    for (const auto& line : lines_of(*text)) {
      if (lower(line).starts_with("payload-oxum:")) check_oxum(line.substr(13));
      if (encoding_ == "UTF-8" && !base::is_utf8(line))
        problem("bag-info.txt is not the UTF-8 it claims to be");
    }
  }

  void check_oxum(std::string value) {
    std::erase_if(value, [](char c) { return c == ' ' || c == '\t'; });
    std::uintmax_t octets = 0;
    std::error_code ignored;
    for (const auto& path : payload_) octets += fs::file_size(folder_ / path, ignored);
    if (value != std::to_string(octets) + "." + std::to_string(payload_.size()))
      problem("Payload-Oxum does not match what is there");
  }

  void read_fetch() {
    const auto text = tag_file("fetch.txt");
    if (!text) return;
    for (const auto& line : lines_of(*text)) {
      const auto first = line.find_first_of(" \t");
      const auto second = first == std::string::npos ? first : line.find_first_of(" \t", first + 1);
      if (second == std::string::npos) {
        problem("fetch.txt has a line that is not address, length and path");
      } else if (const auto path = decoded_path(line.substr(second + 1)); !stays_inside(path)) {
        problem("fetch.txt names a path outside the bag");
      }
    }
  }

  std::optional<Listed> read_manifest(const std::string& name) {
    const auto text = tag_file(name);
    if (!text) return std::nullopt;
    Listed listed;
    std::set<std::string> folded;
    for (const auto& line : lines_of(*text)) {
      const auto gap = line.find_first_of(" \t");
      auto from = gap == std::string::npos ? gap : line.find_first_not_of(" \t", gap);
      if (from == std::string::npos) {
        problem(name + " has a line that is not digest and path");
        continue;
      }
      if (line[from] == '*') {
        ++from;
        report_.remarks.push_back(name + " was made by a tool that marks binary files");
      }
      auto path = decoded_path(line.substr(from));
      if (path.starts_with("./")) {
        path.erase(0, 2);
        report_.remarks.push_back(name + " has paths that begin with ./");
      }
      if (!stays_inside(path)) {
        problem(name + " names a path outside the bag");
        continue;
      }
      if (!folded.insert(as_one_name(path)).second)
        report_.remarks.push_back(name + " has names that some disks take for one");
      const auto digest = lower(line.substr(0, gap));
      const auto [at, fresh] = listed.try_emplace(path, digest);
      if (!fresh && (at->second != digest || report_.version == "1.0")) problem(name + " lists a path twice");
    }
    return listed;
  }

  void check_listed(const std::string& name, const Listed& listed, const EVP_MD* digest) {
    for (const auto& [path, expected] : listed) {
      const auto bytes = base::read_file(folder_ / path, kLargestFile);
      if (!bytes)
        problem(name + " lists " + base::for_terminal(path) + ", which cannot be read");
      else if (hex_digest(digest, *bytes) != expected)
        problem(base::for_terminal(path) + " is not what " + name + " says");
    }
  }

  void check_manifests() {
    std::set<std::string> covered;
    bool any = false;
    for (const auto& [algorithm, digest] : kAlgorithms) {
      const std::string name = "manifest-" + std::string(algorithm) + ".txt";
      if (const auto listed = read_manifest(name)) {
        any = true;
        check_listed(name, *listed, digest());
        for (const auto& path : payload_) {
          if (listed->contains(path))
            covered.insert(path);
          else if (report_.version == "1.0")
            problem(name + " does not list " + base::for_terminal(path));
        }
      }
      if (const auto listed = read_manifest("tag" + name)) check_listed("tag" + name, *listed, digest());
    }
    if (!any) problem("there is no payload manifest");
    for (const auto& path : payload_)
      if (!covered.contains(path) && report_.version != "1.0")
        problem("no manifest lists " + base::for_terminal(path));
  }

  fs::path folder_;
  std::string encoding_ = "UTF-8";  // of the tag files but bagit.txt
  std::set<std::string> payload_;
  std::set<std::string> tags_;
  BagReport report_;
};

}  // namespace

Result<BagReport> check_bag(const fs::path& folder) {
  return BagChecker(folder).check();
}

}  // namespace muniment::bundle
