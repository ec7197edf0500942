#if __has_include(<histedit.h>)
#include <histedit.h>
#else
#error "libedit is missing: run Scripts/bootstrap.sh, or install libedit-dev and pkg-config"
#endif
