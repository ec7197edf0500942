#ifndef CVM_FAULT_VFS_H
#define CVM_FAULT_VFS_H

// What SQLite asks of its file system.
enum CVMFaultOperation { CVM_FAULT_OPEN, CVM_FAULT_READ, CVM_FAULT_WRITE, CVM_FAULT_TRUNCATE, CVM_FAULT_SYNC, CVM_FAULT_MAP };

// What happens to an operation: nothing, an error, or a write of the first half only before the error.
enum CVMFault { CVM_FAULT_NONE, CVM_FAULT_FULL, CVM_FAULT_IO, CVM_FAULT_SHORT };

// Registers the file system under a name: the default one, whose operations fail when the function says so.
int cvm_register_fault_vfs(const char *name, enum CVMFault (*decide)(enum CVMFaultOperation));

#endif
