#include "facts.h"

static const unsigned char chips[] = {
#embed "../Scenarios/Facts/chips.yaml"
};
static const unsigned char rules[] = {
#embed "../Scenarios/Facts/rules.yaml"
};
static const unsigned char parameters[] = {
#embed "../Scenarios/Facts/parameters.yaml"
};
static const unsigned char world_2022[] = {
#embed "../Scenarios/Facts/world-2022.yaml"
};
static const unsigned char world_2022_at_2024_12[] = {
#embed "../Scenarios/Facts/world-2022-at-2024-12.yaml"
};
static const unsigned char backcast[] = {
#embed "../Scenarios/Facts/backcast.csv"
};
static const unsigned char starter[] = {
#embed "../Scenarios/Starter/starter.yaml"
};

chokepoint_data_file chokepoint_chips(void) {
  return (chokepoint_data_file){chips, sizeof chips};
}

chokepoint_data_file chokepoint_rules(void) {
  return (chokepoint_data_file){rules, sizeof rules};
}

chokepoint_data_file chokepoint_parameters(void) {
  return (chokepoint_data_file){parameters, sizeof parameters};
}

chokepoint_data_file chokepoint_world_2022(void) {
  return (chokepoint_data_file){world_2022, sizeof world_2022};
}

chokepoint_data_file chokepoint_world_2022_at_2024_12(void) {
  return (chokepoint_data_file){world_2022_at_2024_12, sizeof world_2022_at_2024_12};
}

chokepoint_data_file chokepoint_starter(void) {
  return (chokepoint_data_file){starter, sizeof starter};
}

chokepoint_data_file chokepoint_backcast(void) {
  return (chokepoint_data_file){backcast, sizeof backcast};
}
