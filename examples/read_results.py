"""Read the results of a run with pandas and print what most readers look for.

    python3 examples/read_results.py notebooks-output/deepseek-r1
"""

import sys
from pathlib import Path

import pandas as pd


def read(folder: Path, table: str) -> pd.DataFrame:
    """One table of results; months become dates, empty cells and nothing else become missing."""
    frame = pd.read_csv(folder / f"{table}.csv", keep_default_na=False, na_values=[""])
    if "month" in frame:
        frame["month"] = pd.to_datetime(frame["month"])
    return frame


def runs_by_regime(folder: Path) -> pd.DataFrame:
    """Chips, hours and days of every run under every regime (medians)."""
    runs = read(folder, "runs")
    whole = runs[runs["stage"].isna() & runs["metric"].isin(["chip_hours", "days"])]
    return whole.pivot_table(index=["run", "regime", "chip"], columns="metric", values="p50", sort=False)


def against_reference(folder: Path, metric: str) -> pd.DataFrame:
    """Paired ratios of an outcome of whole runs, with the interval of 90% of draws."""
    comparison = read(folder, "comparison")
    once = comparison[comparison["month"].isna() & (comparison["metric"] == metric)]
    once = once[~once["entity"].str.contains(".", regex=False)]  # run.stage is a stage
    return once.set_index(["entity", "regime"])[["reference", "ratio_p50", "ratio_p05", "ratio_p95", "share_higher"]]


def cost_so_far(folder: Path, lab: str, view: str, regime: str) -> pd.DataFrame:
    """What a lab has spent under one view, month by month."""
    trajectories = read(folder, "trajectories")
    rows = trajectories[
        (trajectories["entity"] == lab)
        & (trajectories["regime"] == regime)
        & (trajectories["metric"] == f"cost_{view.replace('-', '_')}_cumulative_usd")
    ]
    return rows.set_index("month")[["p05", "p50", "p95"]]


def cost_by_category(folder: Path, view: str, regime: str) -> pd.DataFrame:
    """Mean dollars of each run under one view, by stage and category. Means add up; quantiles do not."""
    ledger = read(folder, "ledger")
    rows = ledger[(ledger["view"] == view) & (ledger["regime"] == regime)]
    return rows.pivot_table(index=["entity", "stage"], columns="category", values="mean", aggfunc="sum", sort=False)


def compute_by_place(folder: Path) -> pd.DataFrame:
    """The computing at work in each place at the end of the run (medians)."""
    trajectories = read(folder, "trajectories")
    stock = trajectories[(trajectories["metric"] == "stock_h100e") & trajectories["month"].notna()]
    last = stock[stock["month"] == stock["month"].max()]
    return last.pivot_table(index="entity", columns="regime", values="p50", sort=False)


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "notebooks-output/deepseek-r1")
    comparison = read(folder, "comparison")
    trajectories = read(folder, "trajectories")
    reference = comparison["reference"].iloc[0] if len(comparison) else trajectories["regime"].iloc[0]
    pd.options.display.float_format = "{:,.3f}".format
    pd.options.display.width = 160
    pd.options.display.max_columns = 20
    frames = [("Computing at work in the last month, H100e (medians)", compute_by_place(folder))]
    # A world of owners and markets may have no scripted run.
    if (folder / "runs.csv").exists() and len(read(folder, "runs")):
        labs = trajectories.query("metric == 'cost_final_run_cumulative_usd'")["entity"]
        frames += [
            ("Runs by regime (medians)", runs_by_regime(folder)),
            ("Days against the reference regime", against_reference(folder, "days")),
        ]
        if len(labs):
            lab = labs.iloc[0]
            cost = cost_so_far(folder, lab, "final-run", reference).tail(3)
            frames.append((f"Final-run cost of {lab} so far, {reference} (USD)", cost))
        by_category = cost_by_category(folder, "development", reference)
        frames.append((f"Development cost by category, {reference} (mean USD)", by_category))
    for title, frame in frames:
        if len(frame):
            print(f"\n{title}\n{frame}")


if __name__ == "__main__":
    main()
