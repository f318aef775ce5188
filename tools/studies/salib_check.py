"""Compares `chokepoint sensitivity` with SALib, on the points that it writes and the values that came of them.

Means, sizes and spreads of elementary effects, first-order and total Sobol indices have to agree to 1e-9. Bootstrap
intervals rest on other random numbers: they have to be as wide, to a quarter.

    salib_check.py .build/release/chokepoint
"""

import csv
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from SALib.analyze import morris, sobol

TOLERANCE = 1e-9
# Levels of the grid of the screening, and how far a number moves on it, in probability.
LEVELS, STEP = 8, 0.5
FIRST_NUMBER = 5  # columns of points.csv before those of the numbers

CASES = [
    # A script of two runs, with correlated rents.
    ["scenarios/deepseek-r1.yaml", "--metric", "cost_development_usd", "--entity", "deepseek"],
    # A world of more than a hundred unknown numbers, and a difference of two regimes.
    ["scenarios/h800-vs-h100.yaml", "--metric", "stock_h100e", "--entity", "CN", "--regime",
     "october-2023", "--against", "october-2022"],
]  # fmt: skip
SIZE = ["--trajectories", "16", "--top", "6", "--base-samples", "128", "--points"]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def points(path: Path) -> tuple[list[str], dict[str, tuple[np.ndarray, np.ndarray, int]]]:
    """The names of the numbers and, by stage, their values, the figures, and points of a group."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        names = next(reader)[FIRST_NUMBER:]
        lines = list(reader)
    stages = {}
    for stage in dict.fromkeys(line[0] for line in lines):
        own = [line for line in lines if line[0] == stage]
        inputs = np.array([[float(cell) for cell in line[FIRST_NUMBER:]] for line in own])
        figures = np.array([float(line[4]) for line in own])
        stages[stage] = (inputs, figures, 1 + max(int(line[2]) for line in own))
    return names, stages


class Check:
    """What was compared, and what differs."""

    def __init__(self, name: str):
        self.name, self.compared, self.worst, self.faults = name, 0, 0.0, []

    def same(self, what: str, ours: float, theirs: float, scale: float) -> None:
        error = abs(ours - theirs) / scale
        self.compared += 1
        self.worst = max(self.worst, error)
        if not error <= TOLERANCE:
            self.faults.append(f"{what} is {ours} and by SALib {theirs}")

    def as_wide(self, what: str, ours: float, theirs: float) -> None:
        if not 0.75 < ours / theirs < 1.33:
            self.faults.append(f"the interval of {what} is {ours} wide and by SALib {theirs}")


def check_screening(names, inputs, figures, table, check: Check) -> None:
    # A number that does not move comes back through the correlations to its last digits.
    inputs = np.round(inputs / np.abs(inputs).max(axis=0), 9)
    problem = {"num_vars": len(names), "names": names, "bounds": [[0, 1]] * len(names)}
    found = morris.analyze(
        problem, inputs, figures, num_levels=LEVELS, num_resamples=1000, conf_level=0.9, seed=1
    )
    # SALib takes the grid to reach from 0 to 1, where a step is p / (2 (p - 1)) long.
    stretch = LEVELS / (2 * (LEVELS - 1)) / STEP
    ours = {row["number"]: row for row in table}
    scale = max(float(row["mu_star"]) for row in table)
    for place, name in enumerate(names):
        for column in ["mu", "mu_star", "sigma"]:
            check.same(f"{column} of {name}", float(ours[name][column]),
                       float(found[column][place]) * stretch, scale)  # fmt: skip
    for row in table[:5]:
        width = float(row["mu_star_p95"]) - float(row["mu_star_p05"])
        theirs = 2 * float(found["mu_star_conf"][names.index(row["number"])]) * stretch
        check.as_wide(f"mu_star of {row['number']}", width, theirs)


def check_indices(names, inputs, figures, size, table, check: Check) -> None:
    parts = size - 2
    samples = inputs.reshape(-1, size, len(names))
    found = sobol.analyze(
        {"num_vars": parts, "names": [str(part) for part in range(parts)],
         "bounds": [[0, 1]] * parts},
        figures, calc_second_order=False, num_resamples=1000, conf_level=0.9, seed=1,
    )  # fmt: skip
    named = {frozenset(row["numbers"].split()): row for row in table}
    assert len(named) == len(table) == parts
    for part in range(parts):
        # Which numbers AB has from B says which part it is of; of chance it has none.
        moved = ~np.isclose(samples[:, 1 + part], samples[:, 0], rtol=1e-9, atol=0).all(axis=0)
        row = named[frozenset(name for name, has_moved in zip(names, moved) if has_moved)]
        title = f"{row['part']} {row['subject']}"
        for ours, theirs in [("first_order", "S1"), ("total", "ST")]:
            check.same(f"{ours} of {title}", float(row[ours]), float(found[theirs][part]), 1)
            width = float(row[f"{ours}_p95"]) - float(row[f"{ours}_p05"])
            if width > 0.01:
                check.as_wide(f"{ours} of {title}", width, 2 * float(found[f"{theirs}_conf"][part]))


def main() -> int:
    program, faults = sys.argv[1], 0
    for case in CASES:
        with tempfile.TemporaryDirectory() as folder:
            output = Path(folder) / "sensitivity"
            subprocess.run(
                [program, "sensitivity", *case, *SIZE, "--quiet", "--output", str(output)],
                check=True,
            )
            names, stages = points(output / "points.csv")
            check = Check(case[0])
            inputs, figures, _ = stages["screening"]
            check_screening(names, inputs, figures, rows(output / "screening.csv"), check)
            table = rows(output / "indices.csv")
            for by in ["numbers", "subjects"]:
                own = [row for row in table if row["by"] == by]
                check_indices(names, *stages[by], own, check)
        for fault in check.faults:
            print(f"salib: FAILED: {check.name}: {fault}", file=sys.stderr)
        faults += len(check.faults)
        print(f"salib: {check.name}: {check.compared} figures, {len(names)} uncertain numbers, "
              f"largest difference {check.worst:.1e}")  # fmt: skip
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
