"""Put figures of a run side by side, a regime a row: the tables of scenarios/README.md. Needs nothing but Python.

    python3 examples/compare_regimes.py notebooks-output/timing stock_h100e:CN less:acquired_h100e:CN

Names are METRIC:ENTITY, at the last month or at `--month 2025-12`: the median with 90% of draws in brackets.
`less:METRIC:ENTITY` is the difference from the reference regime on the same simulated worlds, `mean:` its mean, and
`average:` the mean of the figure itself: means, unlike medians, can be subtracted from each other.
`flow:METRIC:ENTITY` adds a monthly flow up: the mean of the sum, as a sum of medians would mean nothing; `year:` the
same for the last twelve months. Of a sweep `--point ID` takes one point. Everything is simulated.
"""

import argparse
import csv
from collections import defaultdict
from pathlib import Path

UNITS = [(1e15, "e15"), (1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K")]


def figure(text: str) -> str:
    if text == "":
        return "none"
    value = float(text)
    for size, name in UNITS:
        if abs(value) >= size * 0.9995:
            return f"{value / size:#.3g}".rstrip(".") + name
    return f"{value:.3g}" if abs(value) >= 5e-4 else "0"


def band(row: dict[str, str], prefix: str = "") -> str:
    p05, p50, p95 = (figure(row[prefix + name]) for name in ("p05", "p50", "p95"))
    return p50 if p05 == p50 == p95 else f"{p50} ({p05} to {p95})"


def rows(folder: Path, table: str, wanted: set[tuple[str, str]], point: str | None):
    with open(folder / f"{table}.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["month"] and (row["metric"], row["entity"]) in wanted and point in (None, row.get("point")):
                yield row


def points(folder: Path) -> list[str]:
    with open(folder / "trajectories.csv", newline="", encoding="utf-8") as file:
        return list(dict.fromkeys(row["point"] for row in csv.DictReader(file) if "point" in row))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="results of `chokepoint run`")
    parser.add_argument("figures", nargs="+", help="METRIC:ENTITY, with less:, mean:, average:, flow: or year: before it")
    parser.add_argument("--month", help="as 2025-12; the last one by default")
    parser.add_argument("--point", help="of a sweep, by its id")
    parser.add_argument("--regimes", help="as current-law,no-controls; all by default")
    options = parser.parse_args()

    figures = [tuple(name.split(":")) if name.count(":") == 2 else ("", *name.split(":")) for name in options.figures]
    wanted = {(metric, entity) for _, metric, entity in figures}
    there = points(options.folder)
    if there and options.point not in there:
        parser.error(f"{options.folder} holds a sweep: give --point, one of " + ", ".join(there))
    if options.point and not there:
        parser.error(f"{options.folder} holds no sweep: leave --point out")
    levels = list(rows(options.folder, "trajectories", wanted, options.point))
    missing = wanted - {(row["metric"], row["entity"]) for row in levels}
    if missing:
        parser.error(f"{options.folder} has no " + ", ".join(":".join(pair) for pair in sorted(missing)))
    months = sorted({row["month"] for row in levels})
    last = f"{options.month}-01" if options.month else months[-1]
    year = months[: months.index(last) + 1][-12:]
    regimes = options.regimes.split(",") if options.regimes else list(dict.fromkeys(row["regime"] for row in levels))
    cells: dict[tuple[str, str, str, str], str] = {}
    sums: dict[tuple[str, str, str, str], float] = defaultdict(float)
    for row in levels:
        key = (row["metric"], row["entity"], row["regime"])
        if row["month"] == last:
            cells["", *key] = band(row)
            cells["average", *key] = figure(row["mean"])
        if row["month"] <= last and row["mean"]:
            sums["flow", *key] += float(row["mean"])
            sums["year", *key] += float(row["mean"]) if row["month"] in year else 0
    for row in rows(options.folder, "comparison", wanted, options.point):
        if row["month"] == last:
            key = (row["metric"], row["entity"], row["regime"])
            cells["less", *key] = band(row, "difference_")
            cells["mean", *key] = figure(row["difference_mean"])
    cells.update({key: figure(str(value)) for key, value in sums.items()})

    print("| regime | " + " | ".join(options.figures) + " |")
    print("|---|" + "---|" * len(figures))
    for regime in regimes:
        found = [cells.get((*name, regime), "-") for name in figures]
        print(f"| `{regime}` | " + " | ".join(found) + " |")


main()
