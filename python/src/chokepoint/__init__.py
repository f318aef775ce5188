"""Simulate the effects of chip export rules, from Python.

A thin layer over the program Chokepoint: every function calls one of its commands, and gives back what that
prints and writes. What a figure means is told by the program's own documents; all figures are simulated.

    import chokepoint

    results = chokepoint.run("scenarios/h800-vs-h100.yaml", replicates=200)
    results.comparison          # a pandas frame: regimes against the reference, paired
    results.answer              # what `chokepoint run --json` prints
    results.chart("stock-h100e")    # an Altair chart, one of results.charts
    results.report()            # the page of the results
"""

from importlib.metadata import version

from .commands import backcast, compare, points, run, validate
from .program import ChokepointError, ScenarioFaults, command
from .results import Backcast, NotThere, Report, Results, read

__version__ = version("chokepoint")
__all__ = [
    "Backcast",
    "ChokepointError",
    "NotThere",
    "Report",
    "Results",
    "ScenarioFaults",
    "backcast",
    "command",
    "compare",
    "points",
    "read",
    "run",
    "validate",
]
