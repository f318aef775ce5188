"""The workload that all peers are asked for: 8 labs, 40 quarters, N replicates.

In a quarter a lab's algorithms improve (lognormal), its budget grows (normal), chips arrive in lots
(Poisson) as far as it can pay for them, and now and then a training run fails (Bernoulli). Six
metrics are recorded; the result is their 5%, 50% and 95% quantiles over all replicates (linear
between order statistics, type 7), one row for each lab, step and metric.

`Benchmarks/Sources/peer-workload` says the same in Swift.
"""

import argparse
import math

LABS = 8
QUARTERS = 40
METRICS = ("chips", "budget", "efficiency", "cost", "effective_compute", "capability")
PROBABILITIES = (0.05, 0.5, 0.95)

# Before the first quarter, by lab.
OPENING_CHIPS = [10_000 * 1.35**lab for lab in range(LABS)]
OPENING_BUDGETS = [2e8 * 1.3**lab for lab in range(LABS)]  # USD a quarter

EFFICIENCY_SIGMA = 0.08
EFFICIENCY_MU = math.log(1.1) - 0.5 * EFFICIENCY_SIGMA**2  # a mean of +10% a quarter
BUDGET_GROWTH_MEAN, BUDGET_GROWTH_SD, LEAST_BUDGET_GROWTH = 0.05, 0.04, -0.5

LET_THROUGH = 0.6  # the share of deliveries that the restriction lets through
LOTS = [(3.0 + lab) * LET_THROUGH for lab in range(LABS)]  # a quarter, in the mean
LOT = 500.0  # chips
CHIP_SHARE = 0.6  # the share of a budget that may go to chips
PRICES = [30_000 * 0.97**quarter for quarter in range(1, QUARTERS + 1)]  # USD a chip

RETIRED = 0.02  # the share of chips retired in a quarter
OPERATION = 600.0  # USD a chip and quarter
CHIP_COMPUTE = 1e15 * 0.35 * 7.889e6  # FLOP of a chip in a quarter
FAILURE_PROBABILITY, FAILURE_FACTOR = 0.07, 0.6


def arguments(modes):
    """What every peer can be told; the first mode is the default."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--mode", choices=modes, default=modes[0])
    parser.add_argument("--replicates", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--output", required=True)
    return parser.parse_args()


def write_quantiles(path, quantiles):
    """Writes quantiles, indexed by metric, quarter, lab and probability, as tidy CSV."""
    lines = ["lab,step,metric,p5,p50,p95"]
    for lab in range(LABS):
        for quarter in range(QUARTERS):
            for metric, name in enumerate(METRICS):
                low, middle, high = quantiles[metric][quarter][lab]
                lines.append(f"{lab},{quarter + 1},{name},{low!r},{middle!r},{high!r}")
    with open(path, "w", encoding="ascii", newline="\n") as file:
        file.write("\n".join(lines) + "\n")
