// The data files of Sources/Scenarios, byte for byte. C can take a file in as it is; the same
// bytes as a Swift array literal took the compiler a minute longer.
#ifndef CHOKEPOINT_FACTS_H
#define CHOKEPOINT_FACTS_H
#include <stddef.h>

typedef struct {
  const unsigned char *bytes;
  size_t count;
} chokepoint_data_file;

chokepoint_data_file chokepoint_chips(void);
chokepoint_data_file chokepoint_rules(void);
chokepoint_data_file chokepoint_parameters(void);
chokepoint_data_file chokepoint_world_2022(void);
chokepoint_data_file chokepoint_world_2022_at_2024_12(void);
// How the shipped world came out beside what was observed.
chokepoint_data_file chokepoint_backcast(void);
// The scenario that `chokepoint new` writes.
chokepoint_data_file chokepoint_starter(void);
#endif
