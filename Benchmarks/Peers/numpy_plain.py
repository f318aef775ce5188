"""The workload in vectorised NumPy as one writes it: arrays of labs x replicates, a loop over
quarters alone, every value kept, and `percentile` at the end.

Modes: `one` process; `processes` and `threads` simulate in two of them.
"""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor

import numpy as np

import workload as w

WORKERS = 2


def simulate(seed, replicates):
    """All values, by metric, quarter, lab and replicate."""
    random = np.random.default_rng(seed)
    shape = (w.LABS, replicates)
    values = np.empty((len(w.METRICS), w.QUARTERS, *shape))
    chips = np.repeat(np.array(w.OPENING_CHIPS)[:, None], replicates, axis=1)
    budget = np.repeat(np.array(w.OPENING_BUDGETS)[:, None], replicates, axis=1)
    efficiency = np.ones(shape)
    lots = np.array(w.LOTS)[:, None]
    for quarter, price in enumerate(w.PRICES):
        efficiency = efficiency * random.lognormal(w.EFFICIENCY_MU, w.EFFICIENCY_SIGMA, shape)
        growth = random.normal(w.BUDGET_GROWTH_MEAN, w.BUDGET_GROWTH_SD, shape)
        budget = budget * (1 + np.maximum(w.LEAST_BUDGET_GROWTH, growth))
        wanted = random.poisson(lots, shape) * w.LOT
        failed = random.random(shape) < w.FAILURE_PROBABILITY

        delivered = np.minimum(wanted, np.floor(w.CHIP_SHARE * budget / price))
        chips = chips * (1 - w.RETIRED) + delivered
        cost = delivered * price + chips * w.OPERATION
        compute = chips * w.CHIP_COMPUTE * efficiency * np.where(failed, w.FAILURE_FACTOR, 1)
        for metric, value in enumerate((chips, budget, efficiency, cost, compute)):
            values[metric, quarter] = value
        np.log10(compute, out=values[-1, quarter])
    return values


def parts(seed, replicates):
    """For each worker its seed and how many replicates it computes."""
    seeds = np.random.SeedSequence(seed).spawn(WORKERS)
    edges = [replicates * worker // WORKERS for worker in range(WORKERS + 1)]
    return seeds, [edges[i + 1] - edges[i] for i in range(WORKERS)]


def in_processes(seed, replicates):
    with multiprocessing.get_context("fork").Pool(WORKERS) as pool:
        found = pool.starmap(simulate, zip(*parts(seed, replicates)))
    return np.concatenate(found, axis=-1)


def in_threads(seed, replicates):
    with ThreadPoolExecutor(WORKERS) as pool:
        found = list(pool.map(simulate, *parts(seed, replicates)))
    return np.concatenate(found, axis=-1)


MODES = {"one": simulate, "processes": in_processes, "threads": in_threads}

if __name__ == "__main__":
    given = w.arguments(list(MODES))
    values = MODES[given.mode](given.seed, given.replicates)
    percentiles = np.percentile(values, np.array(w.PROBABILITIES) * 100, axis=-1)
    w.write_quantiles(given.output, np.moveaxis(percentiles, 0, -1).tolist())
