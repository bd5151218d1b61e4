#include "app/archive.hpp"

#include <unistd.h>

#include <charconv>

#include "base/file.hpp"
#include "collect/exchange.hpp"
#include "index/file.hpp"

namespace muniment::app {
namespace {

namespace fs = std::filesystem;

constexpr int kTries = 8;

ledger::SqliteFiles files_of(const Layout& layout) {
  return {layout.ledger(), layout.keys(), {}, 10'000, layout.media(), layout.settings()};
}

ledger::Draft genesis(const Settings& settings, const std::string& vkey) {
  records::BodyBuilder body;
  body.add("origin", settings.origin).add("suite", "sha-256/ed25519").add("log.vkey", vkey);
  body.add("authority", settings.authority).add("timezone", settings.timezone).add("regime", settings.regime);
  body.add("agent", std::string(collect::kAgent));
  return {std::string(ledger::kind::kGenesis), body.build()};
}

Status fill(const Layout& layout, const Settings& settings, World world) {
  if (auto made = base::write_durably(layout.settings(), settings_text(settings)); !made) return made;
  if (auto made = ledger::SqliteStore::create(files_of(layout), settings.origin); !made) return made;
  auto signer = ledger::Signer::create(layout.signer(), settings.origin, world.entropy);
  if (!signer) return signer.error();
  auto store = ledger::SqliteStore::open(files_of(layout), true);
  if (!store) return store.error();
  ledger::Reader reader(**store);
  ledger::Appender appender(**store, world.clock, world.entropy);
  if (auto first = appender.append(genesis(settings, signer->verifier_key())); !first) return first.error();
  if (auto note = signer->sign(**store, reader); !note) return note.error();
  return {};
}

Error index_as_it_is(const fs::path& folder, const std::string& what) {
  return {Code::kDenied,
          "the search index " + what + ", and cannot be mended: nothing can be written in " +
              folder.string() + "; nothing was changed",
          "copy the whole archive to a disk that can be written and ask there; `muniment log` and `muniment "
          "verify` need no index"};
}

bool is_empty_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored) && fs::is_empty(path, ignored);
}

}  // namespace

Error not_its_key(const Layout& layout, const std::string& what_is_safe) {
  return {Code::kDenied,
          "the key in " + layout.signer().string() + " is not the one this archive was made with; " +
              what_is_safe,
          "put that folder back from a backup of this archive"};
}

Error no_archive_in(const Layout& layout) {
  std::error_code wrong;
  (void)fs::exists(layout.settings(), wrong);
  if (wrong == std::errc::permission_denied)
    return {Code::kDenied, layout.root.string() + " may not be entered by this account; nothing was changed",
            "work as the account that keeps the archive, or ask it for a copy"};
  return {Code::kNotFound, layout.root.string() + " is not an archive; nothing was changed",
          "name an archive with -A DIR or MUNIMENT_ARCHIVE, or make one with `muniment init`"};
}

Status Archive::create(const fs::path& folder, const Settings& settings, World world) {
  if (auto good = check(settings); !good) return good;
  std::error_code wrong;
  if (fs::exists(folder, wrong) && !is_empty_folder(folder))
    return Error{Code::kConflict, folder.string() + " exists already; nothing was changed",
                 "name a folder that does not exist yet"};
  // Everything is made beside the place and moved there at the end, so that no half archive is ever seen.
  const fs::path target = folder.filename().empty() ? folder.parent_path() : folder;
  if (const auto within = target.parent_path(); !within.empty() && !fs::is_directory(within, wrong))
    return Error{Code::kNotFound,
                 "there is no folder " + within.string() + " to make it in; nothing was changed",
                 "make that folder first, or name another place"};
  const Layout layout(target.string() + ".part" + std::to_string(::getpid()));
  if (auto made = base::create_folder(layout.root, base::Mode::kPrivate); !made) return made;
  auto done = fill(layout, settings, world);
  if (done) {
    fs::rename(layout.root, target, wrong);
    if (wrong)
      done = Error{Code::kIo, "moving the new archive to " + target.string() + ": " + wrong.message()};
  }
  if (!done) {
    fs::remove_all(layout.root, wrong);
    return done;
  }
  return base::sync_folder(target.has_parent_path() ? target.parent_path() : fs::path("."));
}

Archive::Archive(Layout layout, Settings settings, World world, std::unique_ptr<ledger::SqliteStore> store)
    : layout_(std::move(layout)),
      settings_(std::move(settings)),
      world_(world),
      store_(std::move(store)),
      reader_(std::make_unique<ledger::Reader>(*store_)) {}
Archive::Archive(Archive&&) noexcept = default;
Archive::~Archive() = default;

Result<Archive> Archive::open(const fs::path& folder, Access access, World world, IndexWatch watch) {
  Layout layout(folder);
  std::error_code ignored;
  if (!fs::exists(layout.settings(), ignored) || !fs::exists(layout.ledger(), ignored))
    return no_archive_in(layout);
  if (access == Access::kWrite && !base::can_be_written(folder))
    return Error{Code::kDenied, "nothing can be written in " + folder.string() + "; nothing was changed",
                 "an archive on a disk that is read-only, or of which this account may only read, can be "
                 "searched, shown and verified"};
  auto settings = read_settings(layout.settings());
  if (!settings) return settings.error();
  auto store = ledger::SqliteStore::open(files_of(layout), access == Access::kWrite);
  if (!store) return store.error();
  if ((*store)->origin() != settings->origin)
    return Error{Code::kCorrupt,
                 "muniment.toml and ledger.db name different origins; the archive was not opened",
                 "restore muniment.toml from a backup"};
  Archive archive(std::move(layout), *std::move(settings), world, *std::move(store));
  archive.watch_ = std::move(watch);
  if (access == Access::kWrite) {
    if (auto sound = archive.check_against_signer(); !sound) return sound.error();
    if (auto swept = archive.store_->sweep_orphans(); !swept) return swept.error();
    archive.appender_ = std::make_unique<ledger::Appender>(*archive.store_, world.clock, world.entropy);
  }
  return archive;
}

// A writer must not extend a ledger that was cut short or rewritten since it was last signed, nor sign it
// with a key that its first entry does not name.
Status Archive::check_against_signer() {
  auto signer = ledger::Signer::open(layout_.signer(), settings_.origin);
  if (!signer) return signer.error();
  if (auto sound = signer->check(*reader_); !sound) return sound;
  const auto own = has_own_key();
  if (!own) return own.error();
  return *own ? Status() : Status(not_its_key(layout_, "nothing was written or signed"));
}

Result<bool> Archive::has_own_key() {
  const auto key = verifier_key();
  if (!key) return key.error();
  const auto genesis = reader_->body(0);
  if (!genesis) return wrap(genesis.error(), "the ledger's first entry");
  return records::value_of(*genesis, "log.vkey") == *key;
}

bool Archive::can_be_written() const {
  return base::can_be_written(layout_.root);
}

Result<std::unique_ptr<ledger::SqliteStore>> Archive::another_store(bool writable) const {
  return ledger::SqliteStore::open(files_of(layout_), writable);
}

Result<std::string> Archive::sign() {
  auto signer = ledger::Signer::open(layout_.signer(), settings_.origin);
  if (!signer) return signer.error();
  return signer->sign(*store_, *reader_);
}

std::vector<std::string> Archive::sign_and_index() {
  std::vector<std::string> out;
  if (const auto note = sign(); !note)
    out.push_back("it is recorded, and not signed yet: " + note.error().what +
                  "; the next command that records something signs it");
  if (const auto index = projection(); !index)
    out.push_back("it is recorded, and cannot be found by a search yet: " + index.error().what +
                  "; the next command that records or searches adds it to the index");
  return out;
}

// "<origin>\n<size>\n…"
std::uint64_t Archive::checkpointed() {
  const auto note = reader_->checkpoint();
  if (!note) return 0;
  const auto line = note->find('\n') + 1;
  std::uint64_t size = 0;
  std::from_chars(note->data() + line, note->data() + note->size(), size);
  return size;
}

Result<std::string> Archive::verifier_key() const {
  auto signer = ledger::Signer::open(layout_.signer(), settings_.origin);
  if (!signer) return signer.error();
  return signer->verifier_key();
}

Status Archive::open_projection() {
  if (projection_) return {};
  auto opened = index::Projection::open(layout_.index(), settings_.origin, world_.entropy);
  if (!opened) return opened.error();
  projection_ = std::make_unique<index::Projection>(*std::move(opened));
  return {};
}

Status Archive::catch_up_if_free() {
  if (auto opened = open_projection(); !opened) return opened;
  return projection_->follow_if_free(*reader_);
}

Result<index::Projection*> Archive::projection(const index::Projection::Progress& progress) {
  if (auto opened = open_projection(); !opened) return opened.error();
  const auto followed = progress ? projection_->follow(*reader_, progress) : follow_watched();
  if (!followed) return followed.error();
  return projection_.get();
}

Status Archive::catch_up() {
  if (!can_be_written()) {
    const auto as_it_is = catalogue_as_it_is();
    return as_it_is ? Status() : as_it_is.error();
  }
  const auto followed = projection();
  return followed ? Status() : followed.error();
}

Status Archive::follow_watched() {
  const auto why = projection_->made_anew();
  if (!watch_ || why == index::MadeAnew::kNot || projection_->position() > 0)
    return projection_->follow(*reader_);
  const auto head = reader_->head();
  if (!head) return head.error();
  watch_(why, 0, head->size);
  return projection_->follow(*reader_,
                             [&](ledger::Seq position, ledger::Seq size) { watch_(why, position, size); });
}

// Another process may put a new index in the place of the one that was followed just now.
template <typename Index>
Result<Index> Archive::open_whole() {
  for (int tries = 0; tries < kTries; ++tries) {
    const auto followed = projection();
    if (!followed) return followed.error();
    auto opened = Index::open(layout_.index(), settings_.origin);
    if (!opened && opened.error().code != Code::kNotFound) return opened;
    if (opened && opened->keys() == (*followed)->keys()) return opened;
  }
  return Error{Code::kConflict, "other processes keep making the search index anew",
               "run the same command again"};
}

Result<index::Catalogue> Archive::catalogue() {
  return can_be_written() ? open_whole<index::Catalogue>() : catalogue_as_it_is();
}

Result<index::Searcher> Archive::whole_index() {
  return open_whole<index::Searcher>();
}

Result<index::Catalogue> Archive::catalogue_as_it_is() {
  auto opened = index::Catalogue::open(layout_.index(), settings_.origin);
  if (!opened && opened.error().code == Code::kNotFound) return index_as_it_is(layout_.root, "is missing");
  if (!opened && opened.error().code == Code::kCorrupt) return index_as_it_is(layout_.root, "cannot be used");
  if (!opened) return opened;
  const auto head = reader_->head();
  if (!head) return head.error();
  if (!opened->follows(*reader_, head->size))
    return index_as_it_is(layout_.root, "was made from another ledger");
  const auto lacking = head->size - opened->position();
  if (lacking == 0) return opened;
  return index_as_it_is(
      layout_.root, "lacks the newest " + std::to_string(lacking) + (lacking == 1 ? " entry" : " entries"));
}

Status Archive::renew_index() {
  projection_.reset();
  auto made = index::Projection::anew(layout_.index(), settings_.origin, world_.entropy);
  if (!made) return made.error();
  projection_ = std::make_unique<index::Projection>(*std::move(made));
  return {};
}

}  // namespace muniment::app
