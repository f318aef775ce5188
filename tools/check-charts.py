"""Draws charts by vl-convert and reads them by Altair: check-charts.py CHART.vl.json...

Each has to compile to Vega without a warning, to be drawn with marks in it, and to be what Altair's copy of the schema
of Vega-Lite allows.
"""

import re
import sys

import altair
import vl_convert


def faults(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    try:
        vega = vl_convert.vegalite_to_vega(text)
        svg = vl_convert.vegalite_to_svg(text, allowed_base_urls=[])
    except ValueError as error:
        return [f"vl-convert: {error}"]
    found = []
    if not vega.get("marks"):
        found.append("has no marks")
    if len(re.findall(r"<path[^>]* d=\"[^\"]{4,}", svg)) < 2:
        found.append("is drawn empty")
    if "NaN" in svg or "undefined" in svg or "Infinity" in svg:
        found.append("has marks at no place, or text that is none")
    try:
        chart = altair.ConcatChart.from_json(text)
        chart.to_dict()
    except Exception as error:  # Altair raises many kinds.
        found.append(f"Altair: {str(error)[:300]}")
    return found


def main():
    count = 0
    for path in sys.argv[1:]:
        for fault in faults(path):
            print(f"{path}: {fault}")
            count += 1
    print(f"{len(sys.argv) - 1} charts checked, {count} faults")
    sys.exit(1 if count else 0)


main()
