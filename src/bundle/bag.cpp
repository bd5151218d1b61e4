#include "bundle/bag.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/file.hpp"
#include "base/sha256.hpp"

namespace muniment::bundle {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kDeclaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
constexpr std::string_view kLabels[] = {"Source-Organization", "External-Identifier", "External-Description",
                                        "Bagging-Date",        "Bag-Software-Agent",  "Payload-Oxum"};
constexpr std::string_view kTagFiles[] = {"bagit.txt", "bag-info.txt", "manifest-sha256.txt"};

bool is_plain_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
         c == '-';
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// A tag's value must stay on its line, or it would add tags of its own.
std::string one_line(std::string_view value) {
  std::string out(value);
  for (char& c : out)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  return out;
}

Error io_error(const std::string& doing, const std::error_code& failure) {
  return {Code::kIo, doing + ": " + failure.message(), {}};
}

// -1 when another process holds it, or it cannot be locked at all.
int locked_folder(const fs::path& path) {
  const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0 && ::flock(folder, LOCK_EX | LOCK_NB) == 0) return folder;
  const int reason = errno;
  if (folder >= 0) ::close(folder);
  errno = reason;
  return -1;
}

// What stands at DIR.part before we made anything.
Error left_over(const fs::path& part) {
  const int held = locked_folder(part);
  if (held >= 0) ::close(held);
  if (held < 0 && errno == EWOULDBLOCK)
    return {
        Code::kUnavailable,
        part.string() + " is being written by another muniment; it was left as it is, and nothing was done",
        "wait until that one has finished, or choose another folder"};
  return {
      Code::kConflict,
      part.string() +
          " exists already: an earlier run was most likely cut off before its bundle was finished; it was "
          "left as it is, and nothing was done",
      "it is no bundle and must not be sent: remove it, then run this again (`muniment log` says whether "
      "the earlier run had recorded its decision)"};
}

}  // namespace

std::string tag_words() {
  std::string out(kDeclaration);
  for (const auto label : kLabels) out.append(label).append("\n");
  for (const auto name : kTagFiles) out.append(name).append("\n");
  return out;
}

bool is_plain_path(std::string_view path) {
  if (path.empty() || path.size() > 200) return false;
  while (true) {
    const auto slash = path.find('/');
    const auto part = path.substr(0, slash);
    if (part.find_first_not_of('.') == std::string_view::npos) return false;
    if (!std::all_of(part.begin(), part.end(), is_plain_letter)) return false;
    if (slash == std::string_view::npos) return true;
    path.remove_prefix(slash + 1);
  }
}

Bag::Bag(fs::path folder, BagInfo info)
    : folder_(std::move(folder)), part_(folder_.string() + ".part"), info_(std::move(info)) {}

Result<std::unique_ptr<Bag>> Bag::begin(const fs::path& folder, BagInfo info) {
  fs::path plain = folder.lexically_normal();
  if (!plain.has_filename()) plain = plain.parent_path();
  if (plain.empty() || plain.filename() == "." || plain.filename() == "..")
    return Error{Code::kInvalid, "the bundle needs a folder name of its own", "give --out a new folder"};
  std::unique_ptr<Bag> bag(new Bag(plain, std::move(info)));
  std::error_code failure;
  if (fs::exists(fs::symlink_status(bag->folder_, failure)))
    return Error{Code::kConflict, bag->folder_.string() + " exists already and was left as it is",
                 "choose another folder, or remove that one"};
  if (fs::exists(fs::symlink_status(bag->part_, failure))) return left_over(bag->part_);
  if (auto made = bag->make_part(); !made) {
    auto error = wrap(std::move(made).error(), "starting the bundle");
    if (error.code == Code::kNotFound) error.hint = "make the folder it is to stand in first";
    return error;
  }
  return bag;
}

Status Bag::make_part() {
  if (auto made = base::create_folder(part_, base::Mode::kPrivate); !made) return made;
  ours_ = true;
  lock_ =
      locked_folder(part_);  // where the file system has no locks, one that grows looks like one left over
  return base::create_folder(part_ / "data");
}

Bag::~Bag() {
  std::error_code ignored;
  if (ours_) fs::remove_all(part_, ignored);
  if (lock_ >= 0) ::close(lock_);
}

Status Bag::put(const std::string& path, std::string_view bytes, std::string& manifest) {
  if (!is_plain_path(path) || !names_.insert(lower(path)).second)
    return Error{Code::kInvalid, "a file's name in the bundle is not plain, or was given twice", {}};
  std::error_code failure;
  fs::create_directories((part_ / path).parent_path(), failure);
  if (failure) return io_error("making a folder of the bundle", failure);
  if (auto written = base::write_durably(part_ / path, bytes); !written) return written;
  manifest += base::to_hex(base::sha256(bytes)) + "  " + path + "\n";
  return {};
}

Status Bag::file(std::string_view path, std::string_view bytes) {
  if (!is_plain_path(path)) return Error{Code::kInvalid, "a file's name in the bundle is not plain", {}};
  octets_ += bytes.size();
  ++streams_;
  return put("data/" + std::string(path), bytes, payload_manifest_);
}

Status Bag::tag_file(std::string_view path, std::string_view bytes) {
  if (lower(path).starts_with("data/"))
    return Error{Code::kInvalid, "a tag file does not belong into the payload", {}};
  return put(std::string(path), bytes, tag_manifest_);
}

std::string Bag::info_text() const {
  const std::string values[] = {info_.organisation, info_.reference,
                                info_.description,  info_.date,
                                info_.agent,        std::to_string(octets_) + "." + std::to_string(streams_)};
  std::string text;
  for (std::size_t i = 0; i < std::size(kLabels); ++i)
    if (!values[i].empty()) text.append(kLabels[i]).append(": ").append(one_line(values[i])).append("\n");
  return text;
}

Status Bag::finish(const Check& check) {
  const std::string texts[] = {std::string(kDeclaration), info_text(), payload_manifest_};
  for (std::size_t i = 0; i < std::size(kTagFiles); ++i)
    if (auto written = tag_file(kTagFiles[i], texts[i]); !written) return written;
  std::string ignored;
  if (auto written = put("tagmanifest-sha256.txt", tag_manifest_, ignored); !written) return written;
  if (check)
    if (auto fine = check(part_); !fine) return fine;
  std::error_code failure;
  if (fs::exists(fs::symlink_status(folder_, failure)))
    return Error{Code::kConflict,
                 folder_.string() + " was made by somebody else meanwhile; it was left as it is",
                 "choose another folder"};
  // Until here nobody else could read it: the check might have refused it.
  fs::permissions(part_, fs::status(part_ / "data", failure).permissions(), failure);
  if (!failure) fs::rename(part_, folder_, failure);
  if (failure) return io_error("giving the bundle its name", failure);
  ours_ = false;
  return base::sync_folder(folder_.has_parent_path() ? folder_.parent_path() : fs::path("."));
}

}  // namespace muniment::bundle
