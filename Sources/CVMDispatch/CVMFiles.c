#define _GNU_SOURCE
#include "CVMFiles.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#ifndef SYS_openat2
#define SYS_openat2 437
#endif

// As <linux/openat2.h> has them, which older systems lack.
struct cvm_open_how {
  uint64_t flags;
  uint64_t mode;
  uint64_t resolve;
};
enum { resolve_no_magic_links = 0x02, resolve_no_symlinks = 0x04, resolve_beneath = 0x08 };

int cvm_open_beneath(int directory, const char *path, int flags) {
  struct cvm_open_how how = {
      .flags = (uint64_t)flags,
      .resolve = resolve_beneath | resolve_no_symlinks | resolve_no_magic_links,
  };
  // EAGAIN: the kernel could not rule out a race with a rename.
  for (int attempt = 0; attempt < 64; attempt++) {
    long result = syscall(SYS_openat2, directory, path, &how, sizeof how);
    if (result >= 0) return (int)result;
    if (errno != EAGAIN && errno != EINTR) break;
  }
  return -errno;
}

long cvm_file_system_kind(int descriptor) {
  struct statfs system;
  return fstatfs(descriptor, &system) == 0 ? (long)(uint32_t)system.f_type : -1;
}

int cvm_o_path(void) { return O_PATH; }
