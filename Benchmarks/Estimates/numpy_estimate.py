"""The estimate of scenarios/published/cnas-2025-smuggled-chips.yaml in NumPy, as an analyst would write it.

Every draw at once is the shortest to write, and takes memory for each; in blocks memory does not grow. Prints the
median and the share of draws above 100,000; the median in blocks is from every value, which is kept.
"""

import argparse

import numpy as np

# A lognormal with these 5% and 95% points; 1.6448536269514722 is the 95% point of a standard normal.
Z95 = 1.6448536269514722


def ci90(random, low, high, count):
    middle = (np.log(low) + np.log(high)) / 2
    spread = (np.log(high) - np.log(low)) / (2 * Z95)
    return random.lognormal(middle, spread, count)


def smuggled(random, count):
    by_vendors = ci90(random, 38, 150, count) * ci90(random, 17, 1000, count) * 12
    by_fronts = (
        ci90(random, 1, 10, count)
        * ci90(random, 1e4, 1e5, count)
        * random.uniform(0.40, 0.99, count)
    )
    noise = ci90(random, 1e3, 1e6, count)
    reading = random.uniform(0, 1, count)
    return np.where(
        reading < 0.75, by_vendors, np.where(reading < 0.95, by_vendors + by_fronts, noise)
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--block", type=int, help="draws at a time; all at once by default")
    options = parser.parse_args()
    random = np.random.default_rng(options.seed)
    block = options.block or options.draws
    sizes = [min(block, options.draws - first) for first in range(0, options.draws, block)]
    values = np.concatenate([smuggled(random, size) for size in sizes])
    print(f"{np.median(values):.6g} {np.mean(values > 100_000):.6g}")


if __name__ == "__main__":
    main()
