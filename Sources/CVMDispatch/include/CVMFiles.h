#ifndef CVM_FILES_H
#define CVM_FILES_H

/// Opens `path` beneath `directory` without following a symbolic link anywhere (`openat2`, Linux 5.6). The descriptor, or
/// the negative error number: `-ENOSYS` and, in some containers, `-EPERM` where the kernel has no such call.
int cvm_open_beneath(int directory, const char *path, int flags);

/// The kind of file system that a descriptor belongs to (`f_type` of `statfs`), or -1.
long cvm_file_system_kind(int descriptor);

/// `O_PATH`, which the C library shows only to those who ask for more than POSIX.
int cvm_o_path(void);

#endif
