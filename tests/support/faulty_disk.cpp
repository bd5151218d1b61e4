#include "support/faulty_disk.hpp"

#include <sqlite3.h>

#include <cstring>
#include <utility>

namespace muniment::support {
namespace {

struct Plan {
  bool armed = false;
  bool fired = false;
  bool disk_full = false;
  int nth = 0;
  int count = 0;
  FaultyDisk::Fails how = FaultyDisk::Fails::kOnce;
} plan;

std::function<void()> look_first;

// True when this call is to fail.
bool strikes() {
  if (look_first) look_first();
  if (!plan.armed) return false;
  const int call = plan.count++;
  const bool now = plan.how == FaultyDisk::Fails::kOnce ? call == plan.nth : call >= plan.nth;
  plan.fired = plan.fired || now;
  return now;
}

int error(int io) {
  return plan.disk_full ? SQLITE_FULL : io;
}

struct File {
  sqlite3_file base;
  sqlite3_file* real;
};

sqlite3_vfs* system_vfs() {
  static sqlite3_vfs* const vfs = sqlite3_vfs_find(nullptr);
  return vfs;
}

sqlite3_file* real(sqlite3_file* file) {
  return reinterpret_cast<File*>(file)->real;
}

int x_close(sqlite3_file* f) {
  auto* inner = real(f);
  const int result = inner->pMethods != nullptr ? inner->pMethods->xClose(inner) : SQLITE_OK;
  sqlite3_free(inner);
  return result;
}
int x_read(sqlite3_file* f, void* to, int n, sqlite3_int64 at) {
  return real(f)->pMethods->xRead(real(f), to, n, at);
}
int x_write(sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
  if (strikes()) return error(SQLITE_IOERR_WRITE);
  return real(f)->pMethods->xWrite(real(f), from, n, at);
}
int x_truncate(sqlite3_file* f, sqlite3_int64 size) {
  if (strikes()) return error(SQLITE_IOERR_TRUNCATE);
  return real(f)->pMethods->xTruncate(real(f), size);
}
int x_sync(sqlite3_file* f, int flags) {
  if (strikes()) return error(SQLITE_IOERR_FSYNC);
  return real(f)->pMethods->xSync(real(f), flags);
}
int x_file_size(sqlite3_file* f, sqlite3_int64* size) {
  return real(f)->pMethods->xFileSize(real(f), size);
}
int x_lock(sqlite3_file* f, int level) {
  return real(f)->pMethods->xLock(real(f), level);
}
int x_unlock(sqlite3_file* f, int level) {
  return real(f)->pMethods->xUnlock(real(f), level);
}
int x_check(sqlite3_file* f, int* out) {
  return real(f)->pMethods->xCheckReservedLock(real(f), out);
}
int x_control(sqlite3_file* f, int op, void* arg) {
  return real(f)->pMethods->xFileControl(real(f), op, arg);
}
int x_sector(sqlite3_file* f) {
  return real(f)->pMethods->xSectorSize(real(f));
}
int x_device(sqlite3_file* f) {
  return real(f)->pMethods->xDeviceCharacteristics(real(f));
}
int x_shm_map(sqlite3_file* f, int page, int size, int extend, void volatile** out) {
  if (extend != 0 && strikes()) return error(SQLITE_IOERR_SHMSIZE);
  return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
}
int x_shm_lock(sqlite3_file* f, int offset, int n, int flags) {
  return real(f)->pMethods->xShmLock(real(f), offset, n, flags);
}
void x_shm_barrier(sqlite3_file* f) {
  real(f)->pMethods->xShmBarrier(real(f));
}
int x_shm_unmap(sqlite3_file* f, int remove) {
  return real(f)->pMethods->xShmUnmap(real(f), remove);
}

const sqlite3_io_methods kMethods = {2,           x_close,   x_read,     x_write,       x_truncate,  x_sync,
                                     x_file_size, x_lock,    x_unlock,   x_check,       x_control,   x_sector,
                                     x_device,    x_shm_map, x_shm_lock, x_shm_barrier, x_shm_unmap, nullptr,
                                     nullptr};

int x_open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  auto* mine = reinterpret_cast<File*>(file);
  mine->base.pMethods = nullptr;
  mine->real = static_cast<sqlite3_file*>(sqlite3_malloc(system_vfs()->szOsFile));
  std::memset(mine->real, 0, static_cast<std::size_t>(system_vfs()->szOsFile));
  const int result = system_vfs()->xOpen(system_vfs(), name, mine->real, flags, out_flags);
  if (result == SQLITE_OK)
    mine->base.pMethods = &kMethods;
  else
    sqlite3_free(mine->real);
  return result;
}
int x_delete(sqlite3_vfs*, const char* name, int sync) {
  if (strikes()) return error(SQLITE_IOERR_DELETE);
  return system_vfs()->xDelete(system_vfs(), name, sync);
}
int x_access(sqlite3_vfs*, const char* name, int flags, int* out) {
  return system_vfs()->xAccess(system_vfs(), name, flags, out);
}
int x_full_path(sqlite3_vfs*, const char* name, int n, char* out) {
  return system_vfs()->xFullPathname(system_vfs(), name, n, out);
}

}  // namespace

std::string FaultyDisk::vfs() {
  static sqlite3_vfs mine = [] {
    sqlite3_vfs vfs = *system_vfs();
    vfs.szOsFile = sizeof(File);
    vfs.zName = "faulty";
    vfs.pNext = nullptr;
    vfs.xOpen = x_open;
    vfs.xDelete = x_delete;
    vfs.xAccess = x_access;
    vfs.xFullPathname = x_full_path;
    return vfs;
  }();
  sqlite3_vfs_register(&mine, 0);
  return "faulty";
}

void FaultyDisk::arm(int nth, Fails how, bool disk_full) {
  plan = {true, false, disk_full, nth, 0, how};
}

bool FaultyDisk::disarm() {
  plan.armed = false;
  return plan.fired;
}

int FaultyDisk::calls() {
  return plan.count;
}

void FaultyDisk::before_each_call(std::function<void()> look) {
  look_first = std::move(look);
}

}  // namespace muniment::support
