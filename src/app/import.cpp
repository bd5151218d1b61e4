#include "app/import.hpp"

#include <algorithm>
#include <iterator>

#include "app/index_follower.hpp"
#include "app/known_items.hpp"
#include "app/zone.hpp"
#include "sources/saved.hpp"
#include "sources/source.hpp"

namespace muniment::app {
namespace {

namespace fs = std::filesystem;

collect::RefusedFile refused(const fs::directory_entry& entry) {
  std::error_code ignored;
  const bool is_link = entry.is_symlink(ignored);
  return {entry.path().string(),
          {Code::kInvalid,
           is_link ? "it is a link, and links in a folder are not followed" : "it is no plain file",
           is_link ? "name what it leads to, if that belongs to the import" : ""}};
}

// Folders are replaced by the plain files in them, by name; links are not followed.
Result<std::vector<collect::SavedPath>> files_named(const std::vector<fs::path>& names,
                                                    std::vector<collect::RefusedFile>& others) {
  std::vector<collect::SavedPath> files;
  for (const auto& name : names) {
    std::error_code wrong;
    if (!fs::is_directory(name, wrong)) {
      files.push_back({name, true});
      continue;
    }
    std::vector<fs::path> inside;
    for (auto entry = fs::recursive_directory_iterator(name, wrong);
         !wrong && entry != fs::recursive_directory_iterator(); entry.increment(wrong)) {
      std::error_code broken;  // a link may lead nowhere
      if (!entry->is_symlink(broken) && entry->is_directory(broken)) continue;
      if (!entry->is_symlink(broken) && entry->is_regular_file(broken))
        inside.push_back(entry->path());
      else
        others.push_back(refused(*entry));
    }
    if (wrong)
      return Error{Code::kIo,
                   "reading the folder " + name.string() + ": " + wrong.message() + "; nothing was imported"};
    std::sort(inside.begin(), inside.end());
    for (auto& path : inside) files.push_back({std::move(path), false});
  }
  return files;
}

}  // namespace

std::vector<std::string> import_format_names() {
  std::vector<std::string> out;
  for (const auto* format : sources::formats()) out.emplace_back(format->name);
  return out;
}

std::string import_formats() {
  std::string out;
  for (const auto* format : sources::formats())
    out += "  " + std::string(format->name) +
           std::string(20 - std::min<std::size_t>(19, format->name.size()), ' ') + std::string(format->help) +
           '\n';
  return out;
}

Result<collect::ImportOutcome> import_files(
    Archive& archive, const ImportRequest& request,
    const std::function<void(const collect::ImportOutcome&)>& progress, const std::atomic<bool>* stop) {
  collect::ImportWishes wishes;
  wishes.authority = request.authority;
  const auto& zone = archive.settings().timezone;
  wishes.saved.zone = {zone, moment_of(zone)};
  if (!request.format.empty()) {
    const auto named = sources::format_named(request.format);
    if (!named) return named.error();
    wishes.saved.format = *named;
  }
  if (!request.origin.empty()) {
    auto origin = sources::normalise_url(request.origin);
    if (!origin) return origin.error();
    wishes.saved.origin = *std::move(origin);
  }
  std::vector<collect::RefusedFile> others;
  auto files = files_named(request.files, others);
  if (!files) return files.error();
  auto known = KnownItems::open(archive);
  if (!known) return known.error();
  auto index = archive.projection();
  if (!index) return index.error();
  auto reading = archive.another_store(false);
  if (!reading) return reading.error();
  collect::ImportRun run{archive.store(), **reading, *known, archive.clock(), archive.entropy(), {}, {},
                         progress,        stop};
  IndexFollower follower(**index, *known);
  run.follow = [&](collect::Written&& written) { return follower.add(written); };
  run.settle = [&] { return follower.settle(); };
  auto outcome = collect::import_files(*std::move(files), wishes, run);
  const auto note = archive.sign();
  if (!outcome) return outcome;
  std::ranges::sort(others, {}, &collect::RefusedFile::path);
  std::ranges::move(others, std::back_inserter(outcome->refused));
  if (!note) return note.error();
  if (auto settled = (*index)->settle(); !settled) return settled.error();
  return outcome;
}

}  // namespace muniment::app
