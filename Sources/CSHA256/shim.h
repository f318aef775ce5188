// SHA-256 from Debian's libmd: already on every Debian machine, and two minutes less to build than
// a Swift package that brings a whole cryptography library.
#ifndef CHOKEPOINT_SHA256_SHIM_H
#define CHOKEPOINT_SHA256_SHIM_H
#include <stddef.h>
#include <sys/types.h>
#include <sha256.h>
#endif
