#include "app/import.hpp"

#include "app/known_items.hpp"

namespace muniment::app {
namespace {

// What the writing thread wrote, handed to the index without being read and unsealed again.
Status follow(index::Projection& index, const collect::Written& written) {
  std::vector<index::Decoded> batch;
  batch.reserve(written.drafts.size());
  for (std::size_t i = 0; i < written.drafts.size(); ++i) {
    index::Decoded decoded;
    decoded.entry.seq = written.first + i;
    decoded.entry.time = written.time;
    decoded.entry.kind = written.drafts[i].kind;
    decoded.body = &written.drafts[i].body;
    decoded.digests = {written.fingerprints[i].content, written.fingerprints[i].raw};
    batch.push_back(std::move(decoded));
  }
  return index.apply(batch);
}

}  // namespace

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
  collect::ImportRun run{archive.store(),   **reading, *known,   archive.clock(),
                         archive.entropy(), {},        progress, stop};
  run.follow = [&](collect::Written&& written) {
    auto applied = follow(**index, written);
    if (applied) known->indexed_until((*index)->position());
    return applied;
  };
  auto outcome = collect::import_files(files, forced, run);
  const auto note = archive.sign();
  if (!outcome) return outcome;
  if (!note) return note.error();
  if (auto settled = (*index)->settle(); !settled) return settled.error();
  return outcome;
}

}  // namespace muniment::app
