#include "index/file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <utility>

#include "base/file.hpp"
#include "schema/schema.hpp"

namespace muniment::index {
namespace {

constexpr std::int64_t kApplication = 0x4D554E49;

// Two processes that find the same old index must not both replace it, and a file must not go while another
// process is making or opening it: SQLite finds the log beside it by its name, and would take that of one
// file for that of the other.  Whoever may not write here goes without.
class Turn {
 public:
  enum class To { kOpen = LOCK_SH, kReplace = LOCK_EX };
  Turn(const std::filesystem::path& path, To what)
      : file_(::open((path.string() + "-lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600)) {
    base::give_to_owner_of_folder(path.string() + "-lock");
    if (file_ >= 0) (void)::flock(file_, static_cast<int>(what));
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() {
    if (file_ >= 0) ::close(file_);
  }

 private:
  int file_;
};

Error unsound(const std::string& why) {
  return {Code::kCorrupt, "the search index " + why,
          "it is made again from the ledger the next time an entry is appended, or by `muniment rebuild`"};
}

Error no_index() {
  return {Code::kNotFound, "there is no search index yet", "run `muniment rebuild`"};
}

Result<Opened> read_state(db::Database database, const std::string& origin) {
  const auto application = database.integer("PRAGMA application_id");
  if (!application) return about_index(application.error());
  const auto version = database.integer("PRAGMA user_version");
  if (!version) return about_index(version.error());
  if (*application != kApplication || *version != kIndexVersion)
    return unsound("is not of this version of the program");
  auto row =
      database.prepare("SELECT version, position, origin, root, key FROM follower WHERE name = 'search'");
  if (!row) return about_index(row.error());
  const auto found = row->step();
  if (!found) return about_index(found.error());
  if (!*found || row->integer(0) != kIndexVersion || row->blob(4).size() != 16)
    return unsound("is not complete");
  if (row->text(2) != origin) return unsound("belongs to another ledger");
  const auto root = base::as_hash(row->blob(3));
  if (!root || row->integer(1) < 0) return unsound("is damaged");
  const auto position = static_cast<ledger::Seq>(row->integer(1));
  Keys keys(row->blob(4));
  row->reset();
  *row = {};
  return Opened{std::move(database), keys, position, *root};
}

// Durability is the ledger's: after a power cut the index may be some entries behind, and follows again.
Status tune(db::Database& database) {
  return database.execute(
      "PRAGMA synchronous = NORMAL; PRAGMA secure_delete = OFF; PRAGMA cache_size = -114688;"
      "PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 8000; PRAGMA journal_size_limit = 67108864;");
}

Result<Opened> open_existing(const std::filesystem::path& path, const std::string& origin) {
  auto database = db::Database::open(path, db::Open::kWrite);
  if (!database) return database.error();
  if (auto kept = database->keep_log(); !kept) return kept.error();
  if (auto tuned = tune(*database); !tuned) return tuned.error();
  return read_state(std::move(*database), origin);
}

Result<Opened> make(const std::filesystem::path& path, const std::string& origin, base::Entropy& entropy) {
  auto database = db::Database::open(path, db::Open::kCreate);
  if (!database) return database.error();
  base::give_to_owner_of_folder(path);  // the engine gives its log to whom it finds here
  if (auto kept = database->keep_log(); !kept) return kept.error();
  // A crash on the way leaves a file without its follower's row, which is found incomplete and made again:
  // nothing here need wait for the disk.
  if (auto made = database->execute("PRAGMA synchronous = OFF;" + std::string(schema::index_sql)); !made)
    return made.error();
  if (auto tuned = tune(*database); !tuned) return tuned.error();
  std::array<std::uint8_t, 16> key{};
  entropy.fill(key);
  const std::string zeros(32, '\0');
  {
    auto row = database->prepare(
        "INSERT INTO follower(name, version, position, origin, root, key) VALUES ('search', ?1, 0, ?2, ?3, "
        "?4)");
    if (!row) return row.error();
    row->bind(1, kIndexVersion).bind_text(2, origin).bind_blob(3, zeros).bind_blob(4, base::view(key));
    if (auto done = row->run(); !done) return done.error();
  }
  return read_state(std::move(*database), origin);
}

FileId id_of(const std::filesystem::path& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 ? FileId{info.st_dev, info.st_ino} : FileId{};
}

// Of a file that cannot be used.
MadeAnew why_anew(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return MadeAnew::kMissing;
  auto database = db::Database::open(path, db::Open::kRead);
  if (!database) return MadeAnew::kUnsound;
  const auto application = database->integer("PRAGMA application_id");
  const auto version = database->integer("PRAGMA user_version");
  const bool other = application && version && *application == kApplication && *version != kIndexVersion;
  return other ? MadeAnew::kOtherVersion : MadeAnew::kUnsound;
}

Status remove_files(const std::filesystem::path& path) {
  for (const auto* suffix : {"", "-wal", "-shm"}) {
    std::error_code failed;
    std::filesystem::remove(path.string() + suffix, failed);
    if (failed)
      return Error{Code::kIo, "the old search index could not be removed: " + failed.message(),
                   "check the permissions of " + path.parent_path().string()};
  }
  return {};
}

}  // namespace

Status drop(const std::filesystem::path& path) {
  const Turn turn(path, Turn::To::kReplace);
  return remove_files(path);
}

Error about_index(Error error) {
  if (error.code != Code::kCorrupt || error.hint.find("muniment rebuild") != std::string::npos) return error;
  return {Code::kCorrupt, "the search index is damaged (" + error.what + "); the ledger is not concerned",
          "make it again: `muniment rebuild`"};
}

namespace {

// Whoever calls these has the turn to replace it.
Result<Opened> replace(const std::filesystem::path& path, const std::string& origin, base::Entropy& entropy) {
  if (auto removed = remove_files(path); !removed) return removed.error();
  auto made = make(path, origin, entropy);
  if (made) made->file = id_of(path);
  return made;
}
Result<Opened> open_as_it_is(const std::filesystem::path& path, const std::string& origin) {
  auto opened = open_existing(path, origin);
  if (opened) opened->file = id_of(path);
  return opened;
}

}  // namespace

bool follows(ledger::Seq position, const base::Hash& root, ledger::Reader& ledger, ledger::Seq size) {
  if (position == 0 || root == base::Hash{}) return position <= size;
  const auto last = ledger.entry(position - 1);
  return last && last->root == root;
}

bool is_in_place(const std::filesystem::path& path, const FileId& file) {
  return id_of(path) == file;
}

Result<Opened> open_anew(const std::filesystem::path& path, const std::string& origin,
                         base::Entropy& entropy) {
  const Turn turn(path, Turn::To::kReplace);
  return replace(path, origin, entropy);
}

Result<Opened> open_instead(const std::filesystem::path& path, const std::string& origin,
                            base::Entropy& entropy, const Keys& keys) {
  const Turn turn(path, Turn::To::kReplace);
  auto now = open_as_it_is(path, origin);
  if (now && now->keys != keys) return now;
  now = Error{Code::kNotFound, {}, {}};  // closed, before it goes
  return replace(path, origin, entropy);
}

Result<Opened> open_for_following(const std::filesystem::path& path, const std::string& origin,
                                  base::Entropy& entropy) {
  const Turn turn(path, Turn::To::kReplace);
  auto opened = open_as_it_is(path, origin);
  if (opened) return opened;
  switch (opened.error().code) {
    case Code::kUnavailable:
    case Code::kDenied:
    case Code::kIo:
      return opened;
    default:
      break;
  }
  const auto why = why_anew(path);
  auto made = replace(path, origin, entropy);
  if (made) made->made_anew = why;
  return made;
}

Result<Opened> open_for_adding(const std::filesystem::path& path, const std::string& origin) {
  const Turn turn(path, Turn::To::kOpen);
  auto opened = open_existing(path, origin);
  if (opened) return opened;
  return opened.error().code == Code::kNotFound ? no_index() : about_index(opened.error());
}

Result<Opened> open_for_reading(const std::filesystem::path& path, const std::string& origin) {
  const Turn turn(path, Turn::To::kOpen);
  auto database = db::Database::open(path, db::Open::kRead);
  if (!database) {
    if (database.error().code == Code::kNotFound) return no_index();
    return about_index(database.error());
  }
  if (auto kept = database->keep_log(); !kept) return about_index(kept.error());
  if (auto tuned = database->execute("PRAGMA cache_size = -32768"); !tuned) return about_index(tuned.error());
  // Without a lock the file may be cut short while it is mapped.
  if (!database->is_unlocked())
    if (auto mapped = database->execute("PRAGMA mmap_size = 268435456"); !mapped)
      return about_index(mapped.error());
  return read_state(std::move(*database), origin);
}

}  // namespace muniment::index
