#if __has_include(<sqlite3.h>)
#include <sqlite3.h>
#else
#error "SQLite is missing: run Scripts/bootstrap.sh, or install libsqlite3-dev and pkg-config"
#endif
