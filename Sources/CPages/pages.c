#include "pages.h"

static const unsigned char style[] = {
#embed "../Reporting/Pages/report.css"
};
static const unsigned char program[] = {
#embed "../Reporting/Pages/report.js"
};

// Made by tools/vega-runtime, which `tools/setup` calls; without it pages have no charts.
#if __has_embed("../../.build-vega/vega.js") == __STDC_EMBED_FOUND__
static const unsigned char vega[] = {
#embed "../../.build-vega/vega.js"
};
#define VEGA_COUNT sizeof vega
#else
static const unsigned char vega[] = {0};
#define VEGA_COUNT 0
#endif

chokepoint_page_part chokepoint_page_style(void) {
  return (chokepoint_page_part){style, sizeof style};
}

chokepoint_page_part chokepoint_page_program(void) {
  return (chokepoint_page_part){program, sizeof program};
}

chokepoint_page_part chokepoint_page_vega(void) {
  return (chokepoint_page_part){vega, VEGA_COUNT};
}
