#include "db/stillness.hpp"

#include <sys/stat.h>

#include "base/file.hpp"

namespace muniment::db {
namespace {

bool equal(const timespec& a, const timespec& b) {
  return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

}  // namespace

Stillness::File::File(std::filesystem::path name) : path(std::move(name)) {
  struct stat info {};
  there = ::stat(path.c_str(), &info) == 0;
  if (!there) return;
  device = info.st_dev;
  inode = info.st_ino;
  size = info.st_size;
  modified = info.st_mtim;
  changed = info.st_ctim;
}

bool Stillness::File::same() const {
  const File now(path);
  return now.there == there && now.device == device && now.inode == inode && now.size == size &&
         equal(now.modified, modified) && equal(now.changed, changed);
}

Stillness::Stillness(const std::filesystem::path& database)
    : database_(database), wal_(database.string() + "-wal"), journal_(database.string() + "-journal") {}

std::optional<Stillness> Stillness::of(const std::filesystem::path& database) {
  if (base::can_be_written(database.has_parent_path() ? database.parent_path() : ".")) return std::nullopt;
  return Stillness(database);
}

Status Stillness::check() const {
  if (database_.same() && wal_.same()) return {};
  return Error{Code::kUnavailable,
               "another program wrote to " + database_.path.string() +
                   " while it was read from here, where nothing can be written and so no lock be had; "
                   "nothing was changed",
               "wait until that program has ended and try again, or make a copy of the archive when nobody "
               "writes to it, and read that"};
}

}  // namespace muniment::db
