// Writes a BagIt 1.0 bag (RFC 8493) with SHA-256 manifests.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "muniment/sink.hpp"

namespace muniment::bundle {

struct BagInfo {
  std::string organisation;  // Source-Organization
  std::string reference;     // External-Identifier
  std::string description;   // External-Description
  std::string date;          // Bagging-Date, YYYY-MM-DD
  std::string agent;         // Bag-Software-Agent
};

// The words of the tag files of every bag, whatever is in it: their names and labels.
std::string tag_words();

// Everything is written to DIR.part, which only its owner may enter and which becomes DIR, readable as other
// files are, at the end; DIR never exists half-made.  DIR.part is
// locked while it is written, so that one left by a process that was killed can be told from one that grows.
class Bag : public Sink {
 public:
  // kConflict: DIR exists already, or DIR.part was left behind.  kUnavailable: DIR.part is being written now.
  // Neither was touched.  kIo, kDenied: nothing was left behind.
  static Result<std::unique_ptr<Bag>> begin(const std::filesystem::path& folder, BagInfo info);
  ~Bag() override;  // removes DIR.part unless finish() succeeded

  // Puts a file into the payload, as data/PATH, and onto the disk.
  // kInvalid: a path that is not plain (letters, digits, . _ - and /), or was given before in any case.
  Status file(std::string_view path, std::string_view bytes) override;

  // The same, without the data/ and without counting as payload.
  Status tag_file(std::string_view path, std::string_view bytes);

  // Writes the manifests, lets `check` look at the finished folder, and gives it its name.  When `check`
  // refuses, or anything fails, nothing is left behind and the error is handed on.
  using Check = std::function<Status(const std::filesystem::path& finished)>;
  Status finish(const Check& check = {});

 private:
  Bag(std::filesystem::path folder, BagInfo info);
  Status make_part();
  Status put(const std::string& path, std::string_view bytes, std::string& manifest);
  std::string info_text() const;

  std::filesystem::path folder_;
  std::filesystem::path part_;
  BagInfo info_;
  std::string payload_manifest_;
  std::string tag_manifest_;
  std::set<std::string> names_;  // lower case
  std::uint64_t octets_ = 0;
  std::uint64_t streams_ = 0;
  int lock_ = -1;      // the open folder DIR.part
  bool ours_ = false;  // DIR.part is there, and goes with this
};

// Relative, of letters, digits, . _ - and /, no part empty or made of dots only.
bool is_plain_path(std::string_view path);

}  // namespace muniment::bundle
