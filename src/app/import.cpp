#include "app/import.hpp"

#include <unistd.h>

#include <algorithm>
#include <iterator>

#include "app/index_follower.hpp"
#include "app/known_items.hpp"
#include "app/source_address.hpp"
#include "app/zone.hpp"
#include "base/so_many.hpp"
#include "base/spool.hpp"
#include "containers/zstd_stream.hpp"
#include "sources/saved.hpp"
#include "sources/source.hpp"

namespace muniment::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kStandardInput = "-";

collect::RefusedFile refused(const fs::directory_entry& entry) {
  std::error_code ignored;
  const bool is_link = entry.is_symlink(ignored);
  return {entry.path().string(),
          {Code::kInvalid,
           is_link ? "it is a link, and links in a folder are not followed" : "it is no plain file",
           is_link ? "name what it leads to, if that belongs to the import" : ""}};
}

constexpr std::uint64_t kLargeUnpacked = 1ULL << 40;  // a month of Reddit has more than the usual limit

// What came in before an import failed is in the ledger.
Error half_way(Error error, Archive& archive, std::uint64_t before) {
  const auto head = archive.reader().head();
  if (!head || head->size <= before) return error;
  error.what += "; " +
                base::so_many(head->size - before, "entry that came in before it stands",
                              "entries that came in before it stand") +
                " in the ledger";
  error.hint +=
      std::string(error.hint.empty() ? "" : "; ") + "the same import again adds only what is missing";
  return error;
}

// Called as nothing in a folder is.
Result<collect::SavedPath> standard_input(const Archive& archive, std::uint64_t most,
                                          const std::atomic<bool>* stop) {
  if (::isatty(STDIN_FILENO) != 0)
    return Error{Code::kInvalid, "standard input is a terminal; nothing was imported",
                 "lead a file into it: `zstdcat dump.zst | muniment import -`"};
  auto spool = base::Spool::take(STDIN_FILENO, archive.layout().root, most, stop);
  if (!spool) return wrap(spool.error(), "standard input");
  return collect::SavedPath{"standard input", true, *std::move(spool)};
}

// Folders are replaced by the plain files in them, by name; links are not followed.
Result<std::vector<collect::SavedPath>> files_named(const std::vector<fs::path>& names,
                                                    std::vector<collect::RefusedFile>& others) {
  std::vector<collect::SavedPath> files;
  for (const auto& name : names) {
    std::error_code wrong;
    if (name == kStandardInput || !fs::is_directory(name, wrong)) {
      files.push_back({name, true, nullptr});
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
    for (auto& path : inside) files.push_back({std::move(path), false, nullptr});
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
           std::string(24 - std::min<std::size_t>(23, format->name.size()), ' ') + std::string(format->help) +
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
    auto origin = address_to_keep(request.origin);
    if (!origin) return origin.error();
    wishes.saved.origin = *std::move(origin);
  }
  if (request.large_window) {
    wishes.saved.limits.window = containers::kMostWindow;
    wishes.saved.limits.unpacked = kLargeUnpacked;
  }
  std::vector<collect::RefusedFile> others;
  if (std::ranges::count(request.files, kStandardInput) > 1)
    return Error{Code::kInvalid,
                 "- was given more than once, and standard input can be read but once; nothing was imported",
                 "name it once"};
  auto files = files_named(request.files, others);
  if (!files) return files.error();
  for (auto& file : *files) {
    if (file.path != kStandardInput) continue;
    auto given = standard_input(archive, wishes.saved.limits.unpacked, stop);
    if (!given) return given.error();
    file = *std::move(given);
  }
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
  const auto before = archive.reader().head();
  if (!before) return before.error();
  auto outcome = collect::import_files(*std::move(files), wishes, run);
  const auto note = archive.sign();
  if (!outcome) return half_way(outcome.error(), archive, before->size);
  std::ranges::sort(others, {}, &collect::RefusedFile::path);
  std::ranges::move(others, std::back_inserter(outcome->refused));
  if (!note) return note.error();
  if (auto settled = (*index)->settle(); !settled) return settled.error();
  return outcome;
}

}  // namespace muniment::app
