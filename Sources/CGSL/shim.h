// The C side of the random streams: one Philox state, the two functions that read it, and the table
// through which GSL's samplers find them. Everything else lives in Swift.
#ifndef CHOKEPOINT_SHIM_H
#define CHOKEPOINT_SHIM_H
#include <stdint.h>              // words of fixed width: the layout is in bits
#include <gsl/gsl_cdf.h>         // quantiles and distribution functions
#include <gsl/gsl_errno.h>       // gsl_set_error_handler_off: GSL aborts the process by default
#include <gsl/gsl_linalg.h>      // Cholesky decomposition
#include <gsl/gsl_qrng.h>        // Sobol direction numbers
#include <gsl/gsl_randist.h>     // gsl_ran_* samplers
#include <gsl/gsl_rng.h>         // gsl_rng and gsl_rng_type, which the samplers draw from
#include <gsl/gsl_roots.h>       // Brent's method
#include <Random123/philox.h>    // Philox4x32-10

// One stream. In C because GSL hands its callbacks a pointer to the state, and calls back into C. The
// address is kept in 64-bit halves, since a processor stalls on 32-bit stores read back as 64 bits.
struct chokepoint_stream {
  uint64_t key;                 // the seed
  uint64_t low, high;           // the counter: two words each, the first in the low bits
  uint32_t served;              // words given out so far: block = served / 4, lane = served % 4
  philox4x32_ctr_t words;       // the current block
};

// Turns the counter into the next block. Past block 65,535 the count would run into the draw field
// and repeat another stream's numbers, so the process stops instead (a sampler that needs 262,144
// words is broken).
static inline void chokepoint_stream_refill(struct chokepoint_stream *stream) {
  uint64_t block = stream->served >> 2;
  if (block > 0xffff) __builtin_trap();
  uint64_t low = stream->low, high = stream->high | block << 32;
  philox4x32_ctr_t counter = {{(uint32_t)low, low >> 32, (uint32_t)high, high >> 32}};
  philox4x32_key_t key = {{(uint32_t)stream->key, stream->key >> 32}};
  stream->words = philox4x32_R(10, counter, key);
}

// The next 32 bits.
static inline uint32_t chokepoint_stream_bits(struct chokepoint_stream *stream) {
  uint32_t lane = stream->served & 3;
  if (lane == 0) chokepoint_stream_refill(stream);
  stream->served += 1;
  return stream->words.v[lane];
}

// (k + 1/2) / 2^52 for a 52-bit k is exact in a double and never 0 or 1, so that every inverse
// distribution function of it is finite.
static inline double chokepoint_stream_uniform(struct chokepoint_stream *stream) {
  uint64_t high = chokepoint_stream_bits(stream);
  uint64_t low = chokepoint_stream_bits(stream);
  return ((double)(high << 20 | low >> 12) + 0.5) * 0x1p-52;
}

// GSL's names for the two above. `set` is there because GSL requires one; a stream is seeded by its
// address alone, so it does nothing.
static inline void chokepoint_gsl_set(void *state, unsigned long seed) { (void)state; (void)seed; }
static inline unsigned long chokepoint_gsl_get(void *state) {
  return chokepoint_stream_bits((struct chokepoint_stream *)state);
}
static inline double chokepoint_gsl_get_double(void *state) {
  return chokepoint_stream_uniform((struct chokepoint_stream *)state);
}

// An accessor, because a C global is shared mutable state to Swift 6.
static inline const gsl_rng_type *chokepoint_stream_type(void) {
  static const gsl_rng_type type = {
    "chokepoint-philox4x32-10", 0xffffffff, 0, sizeof(struct chokepoint_stream),
    chokepoint_gsl_set, chokepoint_gsl_get, chokepoint_gsl_get_double,
  };
  return &type;
}

// The types of the sequence and of the solver are C globals too.
static inline const gsl_qrng_type *chokepoint_sobol_type(void) { return gsl_qrng_sobol; }
static inline const gsl_root_fsolver_type *chokepoint_brent_type(void) {
  return gsl_root_fsolver_brent;
}
#endif
