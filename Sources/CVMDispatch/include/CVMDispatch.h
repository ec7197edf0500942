#ifndef CVM_DISPATCH_H
#define CVM_DISPATCH_H
#endif
