#include "app/import.hpp"

#include "app/index_follower.hpp"
#include "app/known_items.hpp"

namespace muniment::app {
Result<collect::ImportOutcome> import_files(
    Archive& archive, const std::vector<std::filesystem::path>& files, std::string_view format,
    const std::function<void(const collect::ImportOutcome&)>& progress, const std::atomic<bool>* stop) {
  std::optional<sources::Format> forced;
  if (!format.empty()) {
    const auto named = sources::format_named(format);
    if (!named) return named.error();
    forced = *named;
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
  auto outcome = collect::import_files(files, forced, run);
  const auto note = archive.sign();
  if (!outcome) return outcome;
  if (!note) return note.error();
  if (auto settled = (*index)->settle(); !settled) return settled.error();
  return outcome;
}

}  // namespace muniment::app
