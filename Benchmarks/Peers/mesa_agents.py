"""The workload in Mesa: an agent for each lab, a model for each replicate.

Modes: `batch` as Mesa's documentation has it, with a `DataCollector` and `batch_run`; `lean` with
the same agents and a loop of its own, as who finds `batch_run` slow would write it; each also with
two processes.
"""

import math
import multiprocessing
import warnings

import mesa
import numpy as np

import workload as w

WORKERS = 2


class Lab(mesa.Agent):
    def __init__(self, model, number):
        super().__init__(model)
        self.lab = number
        self.lots = w.LOTS[number]
        self.chips = w.OPENING_CHIPS[number]
        self.budget = w.OPENING_BUDGETS[number]
        self.efficiency = 1.0
        self.cost = self.effective_compute = self.capability = 0.0

    def step(self):
        random, price = self.model.rng, self.model.price
        self.efficiency *= random.lognormal(w.EFFICIENCY_MU, w.EFFICIENCY_SIGMA)
        growth = random.normal(w.BUDGET_GROWTH_MEAN, w.BUDGET_GROWTH_SD)
        self.budget *= 1 + max(w.LEAST_BUDGET_GROWTH, growth)
        wanted = random.poisson(self.lots) * w.LOT
        failed = random.random() < w.FAILURE_PROBABILITY

        delivered = min(wanted, math.floor(w.CHIP_SHARE * self.budget / price))
        self.chips = self.chips * (1 - w.RETIRED) + delivered
        self.cost = delivered * price + self.chips * w.OPERATION
        compute = self.chips * w.CHIP_COMPUTE * self.efficiency
        self.effective_compute = compute * (w.FAILURE_FACTOR if failed else 1.0)
        self.capability = math.log10(self.effective_compute)


class Labs(mesa.Model):
    def __init__(self, rng=None, collects=True):
        super().__init__(rng=rng)
        self.quarter = 0
        for number in range(w.LABS):
            Lab(self, number)
        self.datacollector = collects and mesa.DataCollector(
            agent_reporters={name: name for name in ("lab", *w.METRICS)}
        )

    def step(self):
        # batch_run asks for one step more than there are quarters: see run_batch.
        if self.quarter == w.QUARTERS:
            return
        self.price = w.PRICES[self.quarter]
        self.quarter += 1
        self.agents.do("step")
        if self.datacollector:
            self.datacollector.collect(self)


def run_batch(seeds, workers):
    # Pandas is slow to start, and the other modes do without.
    import pandas as pd

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Mesa 3.3 reads back all steps but the last (fixed upstream in mesa#3109): it gets a step
        # too many, which collects nothing, and all 40 quarters come back.
        rows = mesa.batch_run(
            Labs,
            parameters={"rng": seeds},
            number_processes=workers,
            data_collection_period=1,
            max_steps=w.QUARTERS + 1,
            display_progress=False,
        )
    table = pd.DataFrame(rows)
    table = table[table["Step"] > 0]
    found = table.groupby(["lab", "Step"])[list(w.METRICS)].quantile(list(w.PROBABILITIES))
    shape = (w.LABS, w.QUARTERS, len(w.PROBABILITIES), len(w.METRICS))
    return found.to_numpy().reshape(shape).transpose(3, 1, 0, 2)


def run_replicate(seed):
    """What one replicate records, by metric, quarter and lab."""
    model = Labs(rng=seed, collects=False)
    labs = list(model.agents)
    values = np.empty((len(w.METRICS), w.QUARTERS, w.LABS))
    for quarter in range(w.QUARTERS):
        model.step()
        for lab in labs:
            values[:, quarter, lab.lab] = [getattr(lab, metric) for metric in w.METRICS]
    return values


def run_lean(seeds, workers):
    if workers == 1:
        runs = [run_replicate(seed) for seed in seeds]
    else:
        with multiprocessing.get_context("fork").Pool(workers) as pool:
            runs = pool.map(run_replicate, seeds, chunksize=25)
    return np.moveaxis(np.percentile(runs, np.array(w.PROBABILITIES) * 100, axis=0), 0, -1)


MODES = {
    "batch": (run_batch, 1),
    "batch-processes": (run_batch, WORKERS),
    "lean": (run_lean, 1),
    "lean-processes": (run_lean, WORKERS),
}

if __name__ == "__main__":
    given = w.arguments(list(MODES))
    run, workers = MODES[given.mode]
    seeds = np.random.SeedSequence(given.seed).generate_state(given.replicates).tolist()
    w.write_quantiles(given.output, run(seeds, workers).tolist())
