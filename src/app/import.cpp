#include "app/import.hpp"

#include "app/known_items.hpp"

namespace muniment::app {
namespace {

// Hands what was written to the index without reading and unsealing it again, in batches as large as it likes
// them.
class Following {
 public:
  Following(index::Projection& index, KnownItems& known)
      : index_(index), known_(known), gatherer_(index.keys()) {}

  Status take(const collect::Written& written) {
    // The import began again behind entries of another process; the index followed the ledger up to there.
    if (!gatherer_.empty() && gatherer_.next() != written.first) gatherer_.reset();
    for (std::size_t i = 0; i < written.drafts.size(); ++i) {
      index::Decoded decoded;
      decoded.entry.seq = written.first + i;
      decoded.entry.time = written.time;
      decoded.entry.kind = written.drafts[i].kind;
      decoded.body = &written.drafts[i].body;
      decoded.digests = {written.fingerprints[i].content, written.fingerprints[i].raw};
      gatherer_.add(decoded);
    }
    return gatherer_.full() ? write() : Status{};
  }

  Status write() {
    auto applied = index_.apply(gatherer_.take());
    if (applied) known_.indexed_until(index_.position());
    return applied;
  }

 private:
  index::Projection& index_;
  KnownItems& known_;
  index::Gatherer gatherer_;
};

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
  Following following(**index, *known);
  run.follow = [&](collect::Written&& written) { return following.take(written); };
  auto outcome = collect::import_files(files, forced, run);
  const auto note = archive.sign();
  if (!outcome) return outcome;
  if (!note) return note.error();
  if (auto written = following.write(); !written) return written.error();
  if (auto settled = (*index)->settle(); !settled) return settled.error();
  return outcome;
}

}  // namespace muniment::app
