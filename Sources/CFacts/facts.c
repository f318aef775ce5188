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

chokepoint_data_file chokepoint_chips(void) {
  return (chokepoint_data_file){chips, sizeof chips};
}

chokepoint_data_file chokepoint_rules(void) {
  return (chokepoint_data_file){rules, sizeof rules};
}

chokepoint_data_file chokepoint_parameters(void) {
  return (chokepoint_data_file){parameters, sizeof parameters};
}
