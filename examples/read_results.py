"""Read the results of a run with pandas and print what most readers look for.

    python3 examples/read_results.py notebooks-output/deepseek-r1
"""

import sys
from pathlib import Path

import pandas as pd


def read(folder: Path, table: str) -> pd.DataFrame:
    """One table of results; months become dates, empty cells become missing."""
    frame = pd.read_csv(folder / f"{table}.csv")
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


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "notebooks-output/deepseek-r1")
    comparison = read(folder, "comparison")
    reference = comparison["reference"].iloc[0] if len(comparison) else read(folder, "runs")["regime"].iloc[0]
    lab = read(folder, "trajectories").query("metric == 'cost_final_run_cumulative_usd'")["entity"].iloc[0]
    pd.options.display.float_format = "{:,.3f}".format
    pd.options.display.width = 160
    pd.options.display.max_columns = 20
    for title, frame in [
        ("Runs by regime (medians)", runs_by_regime(folder)),
        ("Days against the reference regime", against_reference(folder, "days")),
        (f"Final-run cost of {lab} so far, {reference} (USD)", cost_so_far(folder, lab, "final-run", reference).tail(3)),
        (f"Development cost by category, {reference} (mean USD)", cost_by_category(folder, "development", reference)),
    ]:
        print(f"\n{title}\n{frame}")


if __name__ == "__main__":
    main()
