// What spoils shards: SQLite, and the digest that stands beside what is spoiled.
#ifndef CHOKEPOINT_FUZZ_SHIM_H
#define CHOKEPOINT_FUZZ_SHIM_H
#include <nettle/sha2.h>
#include <sqlite3.h>
#endif
