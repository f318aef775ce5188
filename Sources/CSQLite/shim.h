// SQLite as it is on nearly every machine, through its own interface: the packages that wrap it for
// Swift take minutes to compile.
#ifndef CHOKEPOINT_SQLITE_SHIM_H
#define CHOKEPOINT_SQLITE_SHIM_H
#include <sqlite3.h>
#endif
