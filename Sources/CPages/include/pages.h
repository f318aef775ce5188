// The parts of pages that are no Swift, byte for byte, for the same reason as CFacts: the style sheet and the
// program of Sources/Reporting/Pages, and the runtime of Vega, where the build has one.
#ifndef CHOKEPOINT_PAGES_H
#define CHOKEPOINT_PAGES_H
#include <stddef.h>

typedef struct {
  const unsigned char *bytes;
  size_t count;
} chokepoint_page_part;

chokepoint_page_part chokepoint_page_style(void);
chokepoint_page_part chokepoint_page_program(void);
// Of no bytes where the build has none.
chokepoint_page_part chokepoint_page_vega(void);
#endif
