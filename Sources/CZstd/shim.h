#if __has_include(<zstd.h>)
#include <zstd.h>
#else
#error "Zstandard is missing: run Scripts/bootstrap.sh, or install libzstd-dev and pkg-config"
#endif
