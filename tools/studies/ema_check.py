"""Compares the boxes of `chokepoint discover` with those of the EMA Workbench's PRIM, on the same draws.

Every step on the way to every box has to have the same draws, cases, coverage, density, mass and limited numbers, its
limits the same places and quasi-p-values: all to 1e-9. So has the box that is made of a step when weak limits are taken
out, which the Workbench is given as the box that it goes on from. Which step is chosen, which limits are taken out and
what is counted on other draws are no part of the Workbench.

    ema_check.py .build/release/chokepoint
"""

import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")

import pandas as pd  # noqa: E402
from ema_workbench.analysis import prim, scenario_discovery_util  # noqa: E402

TOLERANCE = 1e-9
WORLD = ["scenarios/h800-vs-h100.yaml", "--metric", "stock_h100e", "--entity", "CN"]
CASES = [
    # A script of two runs: one number decides nearly all.
    ["scenarios/deepseek-r1.yaml", "--metric", "cost_final_run_usd", "--entity", "v3", "--aim", "above 5.6M",
     "--replicates", "1000"],
    # A world of more than a hundred unknown numbers: a level, and a change of two regimes.
    [*WORLD, "--regime", "strict", "--aim", "below 1.5M"],
    [*WORLD, "--regime", "october-2023", "--against", "october-2022", "--aim", "fall by 20%"],
    [*WORLD, "--regime", "october-2023", "--against", "october-2022", "--aim", "fall by 20%", "--density", "0.7"],
]  # fmt: skip


class Comparison:
    """Counts what was compared, and keeps what differs."""

    def __init__(self) -> None:
        self.count = 0
        self.largest = 0.0
        self.differences: list[str] = []

    def near(self, what: str, ours: float, theirs: float) -> None:
        self.count += 1
        difference = abs(ours - theirs)
        self.largest = max(self.largest, difference)
        if not difference <= TOLERANCE:
            self.differences.append(f"{what}: {ours!r}, and {theirs!r} in the EMA Workbench")


def limits_of(box: prim.PrimBox, place: int) -> dict[tuple[str, str], tuple[float, float]]:
    """By number and end the limit and its quasi-p-value."""
    limits, first = box.box_lims[place], box.box_lims[0]
    return {
        (name, word): (limits.loc[end, name], box.qp[place][name][end])
        for name in limits.columns
        for end, word in enumerate(["above", "below"])
        if limits.loc[end, name] != first.loc[end, name]
    }


def ours_of(table: pd.DataFrame) -> dict[tuple[str, str], tuple[float, float]]:
    return {(row.number, row.end): (row.probability, row.quasi_p) for row in table.itertuples()}


def compare_limits(check: Comparison, what: str, ours: dict, theirs: dict) -> None:
    check.count += 1
    if set(ours) != set(theirs):
        check.differences.append(f"{what}: limits of {sorted(set(ours) ^ set(theirs))} differ")
        return
    for key, (place, quasi_p) in theirs.items():
        check.near(f"{what}, limit of {key}", ours[key][0], place)
        check.near(f"{what}, quasi-p of {key}", ours[key][1], quasi_p)


def compare_step(check: Comparison, what: str, ours: pd.Series, theirs: pd.Series) -> None:
    columns = {"draws": "n", "cases": "k", "density": "density", "coverage": "coverage", "mass": "mass",
               "numbers_limited": "res_dim"}  # fmt: skip
    for mine, other in columns.items():
        check.near(f"{what}, {mine}", float(ours[mine]), float(theirs[other]))


def set_box(box: prim.PrimBox, limits: dict[tuple[str, str], tuple[float, float]]) -> None:
    """Gives the Workbench the box that is made of a step."""
    frame = box.box_lims[0].copy()
    for (name, end), (place, _) in limits.items():
        frame.loc[["above", "below"].index(end), name] = place
    remaining = box.prim.yi_remaining
    inside = scenario_discovery_util._in_box(box.prim.x.loc[remaining, :], frame)
    box.update(frame, remaining[inside])


def compare_outcome(check: Comparison, folder: Path, outcome: str, numbers: list[str]) -> int:
    draws = pd.read_csv(folder / "draws.csv", usecols=["use", "outcome"])
    finding = draws.use == "finding"
    x = pd.read_csv(folder / "probabilities.csv").loc[finding, numbers].reset_index(drop=True)
    y = (draws.outcome == outcome).loc[finding].to_numpy().astype(int)
    trajectory = pd.read_csv(folder / "trajectory.csv").query("outcome == @outcome")
    limits = pd.read_csv(folder / "limits.csv").query("outcome == @outcome")
    chosen = pd.read_csv(folder / "discovery.csv").query("outcome == @outcome")
    # No box is thrown away for its density.
    theirs = prim.Prim(x, y, threshold=1e-6)
    boxes = sorted(trajectory.box.unique())
    for number in boxes:
        what = f"{outcome}, box {number}"
        box = theirs.find_box()
        ours = trajectory[trajectory.box == number]
        check.near(f"{what}, steps", len(ours), len(box.peeling_trajectory))
        if len(ours) != len(box.peeling_trajectory):
            break
        for place, (_, step) in enumerate(ours.iterrows()):
            compare_step(check, f"{what}, step {place}", step, box.peeling_trajectory.loc[place])
            mine = ours_of(limits[(limits.box == number) & (limits.step == place)])
            compare_limits(check, f"{what}, step {place}", mine, limits_of(box, place))
        made = chosen[chosen.box == number]
        set_box(box, ours_of(made))
        last = len(box.peeling_trajectory) - 1
        found = made.iloc[0].rename(lambda name: name.removeprefix("found_"))
        found["numbers_limited"] = made.number.nunique()
        compare_step(check, f"{what}, as made", found, box.peeling_trajectory.loc[last])
        compare_limits(check, f"{what}, as made", ours_of(made), limits_of(box, last))
    return len(boxes)


def compare(program: str, arguments: list[str]) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "discovery"
        command = [program, "discover", *arguments, "--output", str(path)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        check = Comparison()
        candidates = pd.read_csv(path / "candidates.csv").query("candidate")
        boxes = 0
        if (path / "discovery.csv").exists():
            for outcome, group in candidates.groupby("outcome", sort=False):
                boxes += compare_outcome(check, path, outcome, list(group.number))
    name = " ".join(arguments)
    print(f"ema_check: {name}: {boxes} boxes, {check.count} figures, largest difference {check.largest:.1e}")
    for difference in check.differences[:10]:
        print(f"  {difference}")
    if boxes == 0:
        print("  no box was found, so that nothing was compared")
    return boxes > 0 and not check.differences


def main() -> None:
    program = sys.argv[1]
    results = [compare(program, arguments) for arguments in CASES]
    if not all(results):
        sys.exit("ema_check: the EMA Workbench says otherwise")


main()
