#include "FaultVFS.h"
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  sqlite3_file base;
  sqlite3_file *real;
} FaultFile;

static enum CVMFault (*decide)(enum CVMFaultOperation);
static sqlite3_vfs *real_vfs;
static sqlite3_vfs fault_vfs;

#define REAL(file) (((FaultFile *)(file))->real)

static int failure(enum CVMFault fault, int code) { return fault == CVM_FAULT_FULL || fault == CVM_FAULT_SHORT ? SQLITE_FULL : code; }

static int fault_close(sqlite3_file *file) {
  int code = REAL(file)->pMethods ? REAL(file)->pMethods->xClose(REAL(file)) : SQLITE_OK;
  free(REAL(file));
  return code;
}
static int fault_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset) {
  if (decide(CVM_FAULT_READ)) return SQLITE_IOERR_READ;
  return REAL(file)->pMethods->xRead(REAL(file), bytes, count, offset);
}
static int fault_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
  enum CVMFault fault = decide(CVM_FAULT_WRITE);
  if (fault == CVM_FAULT_SHORT) REAL(file)->pMethods->xWrite(REAL(file), bytes, count / 2, offset);
  if (fault) return failure(fault, SQLITE_IOERR_WRITE);
  return REAL(file)->pMethods->xWrite(REAL(file), bytes, count, offset);
}
static int fault_truncate(sqlite3_file *file, sqlite3_int64 size) {
  if (decide(CVM_FAULT_TRUNCATE)) return SQLITE_IOERR_TRUNCATE;
  return REAL(file)->pMethods->xTruncate(REAL(file), size);
}
static int fault_sync(sqlite3_file *file, int flags) {
  (void)file;
  (void)flags;
  // The file need not outlive a loss of power.
  return decide(CVM_FAULT_SYNC) ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}
static int fault_size(sqlite3_file *file, sqlite3_int64 *size) { return REAL(file)->pMethods->xFileSize(REAL(file), size); }
static int fault_lock(sqlite3_file *file, int level) { return REAL(file)->pMethods->xLock(REAL(file), level); }
static int fault_unlock(sqlite3_file *file, int level) { return REAL(file)->pMethods->xUnlock(REAL(file), level); }
static int fault_reserved(sqlite3_file *file, int *result) { return REAL(file)->pMethods->xCheckReservedLock(REAL(file), result); }
static int fault_control(sqlite3_file *file, int op, void *argument) { return REAL(file)->pMethods->xFileControl(REAL(file), op, argument); }
static int fault_sector(sqlite3_file *file) { return REAL(file)->pMethods->xSectorSize(REAL(file)); }
static int fault_device(sqlite3_file *file) { return REAL(file)->pMethods->xDeviceCharacteristics(REAL(file)); }
static int fault_map(sqlite3_file *file, int page, int size, int extend, void volatile **result) {
  if (decide(CVM_FAULT_MAP)) return SQLITE_IOERR_SHMMAP;
  return REAL(file)->pMethods->xShmMap(REAL(file), page, size, extend, result);
}
static int fault_shm_lock(sqlite3_file *file, int offset, int count, int flags) { return REAL(file)->pMethods->xShmLock(REAL(file), offset, count, flags); }
static void fault_barrier(sqlite3_file *file) { REAL(file)->pMethods->xShmBarrier(REAL(file)); }
static int fault_unmap(sqlite3_file *file, int removes) { return REAL(file)->pMethods->xShmUnmap(REAL(file), removes); }

static const sqlite3_io_methods methods = {
    2, fault_close, fault_read, fault_write, fault_truncate, fault_sync, fault_size, fault_lock, fault_unlock,
    fault_reserved, fault_control, fault_sector, fault_device, fault_map, fault_shm_lock, fault_barrier, fault_unmap,
    NULL, NULL};

static int fault_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *result) {
  (void)vfs;
  file->pMethods = NULL;
  if (decide(CVM_FAULT_OPEN)) return SQLITE_CANTOPEN;
  sqlite3_file *real = calloc(1, (size_t)real_vfs->szOsFile);
  if (!real) return SQLITE_NOMEM;
  int code = real_vfs->xOpen(real_vfs, name, real, flags, result);
  if (code != SQLITE_OK) {
    free(real);
    return code;
  }
  ((FaultFile *)file)->real = real;
  file->pMethods = &methods;
  return SQLITE_OK;
}

int cvm_register_fault_vfs(const char *name, enum CVMFault (*function)(enum CVMFaultOperation)) {
  decide = function;
  real_vfs = sqlite3_vfs_find(NULL);
  fault_vfs = *real_vfs;
  fault_vfs.pNext = NULL;
  fault_vfs.zName = strdup(name);
  fault_vfs.szOsFile = sizeof(FaultFile);
  fault_vfs.xOpen = fault_open;
  return sqlite3_vfs_register(&fault_vfs, 0);
}
