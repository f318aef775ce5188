"""The workload in NumPy as fast as we could make it.

Modes: `one` keeps all values and sums them up at the end, as the engine does; `processes` and
`threads` do so in two processes (that share one array) and in two threads; `lockstep` and
`lockstep-threads` use that all replicates stand in the same quarter, and keep no quarter's values
after its quantiles are taken, which needs next to no memory.

What makes it fast: normals drawn into place, `exp` by the vector, one Poisson mean at a time,
results computed where they stay, and sorting, which NumPy does in SIMD and twice as fast as it
selects.
"""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor

import numpy as np

import workload as w

WORKERS = 2


class Labs:
    """All labs in some replicates; what they record in a quarter is computed in place."""

    def __init__(self, seed, replicates):
        # SFC64 is the fastest of NumPy's generators.
        self.random = np.random.Generator(np.random.SFC64(seed))
        shape = (w.LABS, replicates)
        self.chips = np.repeat(np.array(w.OPENING_CHIPS)[:, None], replicates, axis=1)
        self.budget = np.repeat(np.array(w.OPENING_BUDGETS)[:, None], replicates, axis=1)
        self.efficiency = np.ones(shape)
        self.draw = np.empty(shape)
        self.delivered = np.empty(shape)

    def advance(self, price, record):
        """Computes one quarter into `record`, an array by metric, lab and replicate."""
        chips, budget, efficiency, cost, compute, capability = record
        draw, delivered = self.draw, self.delivered

        self.random.standard_normal(out=draw)
        draw *= w.EFFICIENCY_SIGMA
        draw += w.EFFICIENCY_MU
        np.exp(draw, out=draw)
        np.multiply(self.efficiency, draw, out=efficiency)

        self.random.standard_normal(out=draw)
        draw *= w.BUDGET_GROWTH_SD
        draw += w.BUDGET_GROWTH_MEAN
        np.maximum(draw, w.LEAST_BUDGET_GROWTH, out=draw)
        draw += 1
        np.multiply(self.budget, draw, out=budget)

        for lab, mean in enumerate(w.LOTS):
            delivered[lab] = self.random.poisson(mean, draw.shape[1])
        delivered *= w.LOT
        np.multiply(budget, w.CHIP_SHARE / price, out=draw)
        np.floor(draw, out=draw)
        np.minimum(delivered, draw, out=delivered)
        np.multiply(self.chips, 1 - w.RETIRED, out=chips)
        chips += delivered

        np.multiply(chips, w.OPERATION, out=cost)
        delivered *= price
        cost += delivered

        self.random.random(out=draw)
        np.multiply(chips, efficiency, out=compute)
        compute *= np.where(draw < w.FAILURE_PROBABILITY, w.FAILURE_FACTOR, 1.0)
        compute *= w.CHIP_COMPUTE
        np.log10(compute, out=capability)
        self.chips, self.budget, self.efficiency = chips, budget, efficiency


def quantiles(values):
    """Quantiles along the last axis, by sorting it in place: the probability becomes that axis."""
    values.sort(axis=-1)
    last = values.shape[-1] - 1
    positions = np.array(w.PROBABILITIES) * last
    ranks = positions.astype(int)
    low, high = values[..., ranks], values[..., np.minimum(ranks + 1, last)]
    return low + (high - low) * (positions - ranks)


def simulate(seed, values):
    """Fills an array by metric, quarter, lab and replicate."""
    labs = Labs(seed, values.shape[-1])
    for quarter, price in enumerate(w.PRICES):
        labs.advance(price, values[:, quarter])


def parts(seed, replicates):
    """For each worker its seed and its replicates."""
    seeds = np.random.SeedSequence(seed).spawn(WORKERS)
    edges = [replicates * worker // WORKERS for worker in range(WORKERS + 1)]
    return [(seed, slice(*edges[i : i + 2])) for i, seed in enumerate(seeds)]


def shape_of(replicates):
    return (len(w.METRICS), w.QUARTERS, w.LABS, replicates)


def run_one(seed, replicates):
    values = np.empty(shape_of(replicates))
    simulate(seed, values)
    return quantiles(values)


def run_threads(seed, replicates):
    values = np.empty(shape_of(replicates))
    with ThreadPoolExecutor(WORKERS) as pool:
        jobs = [pool.submit(simulate, s, values[..., part]) for s, part in parts(seed, replicates)]
        for job in jobs:
            job.result()
        return np.stack(list(pool.map(quantiles, values)))


# What the processes share; set before they are started, which they are as copies of this one.
shared = None


def simulate_shared(job):
    seed, part = job
    simulate(seed, shared[..., part])


def quantiles_shared(metric):
    return quantiles(shared[metric])


def run_processes(seed, replicates):
    global shared
    context = multiprocessing.get_context("fork")
    shape = shape_of(replicates)
    shared = np.frombuffer(context.RawArray("d", int(np.prod(shape)))).reshape(shape)
    with context.Pool(WORKERS) as pool:
        pool.map(simulate_shared, parts(seed, replicates), chunksize=1)
        return np.stack(pool.map(quantiles_shared, range(len(w.METRICS)), chunksize=1))


def run_lockstep(seed, replicates):
    labs = Labs(seed, replicates)
    # The state is needed in the next quarter, in the order that it has.
    records = np.empty((2, len(w.METRICS), w.LABS, replicates))
    found = np.empty((len(w.METRICS), w.QUARTERS, w.LABS, len(w.PROBABILITIES)))
    for quarter, price in enumerate(w.PRICES):
        record = records[quarter % 2]
        labs.advance(price, record)
        for metric, values in enumerate(record):
            found[metric, quarter] = quantiles(values.copy())
    return found


def run_lockstep_threads(seed, replicates):
    teams = [(Labs(s, part.stop - part.start), part) for s, part in parts(seed, replicates)]
    records = np.empty((2, len(w.METRICS), w.LABS, replicates))
    found = np.empty((len(w.METRICS), w.QUARTERS, w.LABS, len(w.PROBABILITIES)))

    def advance(team):
        labs, part = team
        labs.advance(price, record[..., part])

    def sum_up(metric):
        found[metric, quarter] = quantiles(record[metric].copy())

    with ThreadPoolExecutor(WORKERS) as pool:
        for quarter, price in enumerate(w.PRICES):
            record = records[quarter % 2]
            list(pool.map(advance, teams))
            list(pool.map(sum_up, range(len(w.METRICS))))
    return found


MODES = {
    "one": run_one,
    "processes": run_processes,
    "threads": run_threads,
    "lockstep": run_lockstep,
    "lockstep-threads": run_lockstep_threads,
}

if __name__ == "__main__":
    given = w.arguments(list(MODES))
    w.write_quantiles(given.output, MODES[given.mode](given.seed, given.replicates).tolist())
