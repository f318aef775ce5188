"""The commands of the program as functions.

`overrides`, which all of them take, change a scenario: `replicates`, `seed`, `regimes` (a list) and `point` (of a
sweep) by name; any other name is a key of the scenario, as `**{"chips.h800.rent_usd_per_hour": 2.0}`, which does
what `--set` does. What the program tells beside its result (warnings, notes, how far it is) goes to standard error.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from tempfile import TemporaryDirectory
from typing import Any

from . import scenarios
from .program import ask
from .results import Backcast, Results
from .scenarios import Scenario, listed

Names = str | Sequence[str] | None


def run(
    scenario: Scenario,
    *,
    output: str | os.PathLike[str] | None = None,
    force: bool = False,
    threads: int | None = None,
    quiet: bool = False,
    options: Sequence[str] = (),
    **overrides: Any,
) -> Results:
    """Simulates a scenario and gives its results.

    Args:
        scenario: The path of a scenario file, or a mapping with the same keys (paths in it must be absolute).
        output: The folder of the results. Without it they are temporary, and go with the last reference to them.
        force: Replace the results of another input in that folder.
        threads: Blocks computed at the same time, all processors without it; results never depend on it.
        quiet: Pass on nothing but errors.
        options: Further options as `chokepoint help run` lists them, each with its value: `["--threads=2"]`.
        overrides: As the module says: `replicates=200`, `seed=1`, `regimes=["a", "b"]`, `point="p"`, keys.

    Raises:
        ScenarioFaults: if the scenario has errors; all of them at once.
        ChokepointError: if there are no results for another reason.
    """
    with scenarios.files(scenario) as files:
        changes = scenarios.words(overrides)
        has_sweep = bool(_points(files[0], changes)) and overrides.get("point") is None
        asked = [*changes, *_options(threads=threads), *options, *_flags(force=force, json=not has_sweep)]
        return _results("run", asked, files, output, quiet)


def compare(
    *compared: Scenario,
    metrics: Names = None,
    entities: Names = None,
    months: Names = None,
    prefer: Mapping[str, str] | None = None,
    output: str | os.PathLike[str] | None = None,
    force: bool = False,
    threads: int | None = None,
    quiet: bool = False,
    **overrides: Any,
) -> Results:
    """Compares regimes of one scenario, or of several with the same seed: differences, ranks, regrets.

    Args:
        compared: Scenarios, as in `run`.
        metrics, entities, months: What to compare; without them as `chokepoint help compare` says.
        prefer: By metric "high" or "low", where one end is better.

    The other arguments and the errors are those of `run`. Tables: "regimes", "comparison", "ranks".
    """
    preferred = [f"{metric}={end}" for metric, end in (prefer or {}).items()] or None
    question = _options(metric=metrics, entity=entities, month=months, prefer=preferred)
    with scenarios.files(*compared) as files:
        asked = [*scenarios.words(overrides), *question, *_options(threads=threads)]
        return _results("compare", [*asked, *_flags(force=force, json=True)], files, output, quiet)


def backcast(
    scenario: Scenario,
    *,
    known_until: str | None = None,
    regime: str | None = None,
    threads: int | None = None,
    quiet: bool = False,
    **overrides: Any,
) -> Backcast:
    """Holds a scenario with observations to what was observed.

    Args:
        known_until: A month, "2024-12": observations after it are scored as forecasts.
        regime: The regime to compare; without it as `chokepoint help backcast` says.

    The other arguments and the errors are those of `run`.
    """
    with scenarios.files(scenario) as files:
        options = _options(known_until=known_until, regime=regime, threads=threads)
        said = ask("backcast", *scenarios.words(overrides), *options, "--json", "--", *files, quiet=quiet)
    return Backcast(json.loads(said.output), said.code)


def validate(scenario: Scenario, *, strict: bool = False, **overrides: Any) -> str:
    """Checks a scenario, and gives the program's line that says what is in it.

    Args:
        strict: Take warnings for errors.

    Raises:
        ScenarioFaults: if the scenario has errors; all of them at once.
    """
    with scenarios.files(scenario) as files:
        return ask("validate", *scenarios.words(overrides), *_flags(strict=strict), "--", *files).output.rstrip("\n")


def points(scenario: Scenario, **overrides: Any) -> list[str]:
    """The ids of the points of a scenario's sweep, each for `point=` of the others; none without a sweep."""
    with scenarios.files(scenario) as files:
        return _points(files[0], scenarios.words(overrides))


def _points(file: str, changes: list[str]) -> list[str]:
    # A line about the scenario, then one for each point, which begins with its id.
    lines = ask("validate", *changes, "--points", "--", file, quiet=True).output.splitlines()
    return [line.split()[0] for line in lines[1:]]


def _results(
    command: str, asked: list[str], files: list[str], output: str | os.PathLike[str] | None, quiet: bool
) -> Results:
    temporary = TemporaryDirectory(prefix="chokepoint-") if output is None else None
    folder = os.path.join(temporary.name, "results") if temporary else os.fspath(output or "")
    said = ask(command, *asked, f"--output={folder}", "--", *files, quiet=quiet)
    answer = json.loads(said.output) if "--json" in asked else None
    return Results(folder, answer, said.code, temporary)


def _options(**values: Any) -> list[str]:
    return [
        f"--{name.replace('_', '-')}={listed(value)}" for name, value in values.items() if value is not None
    ]


def _flags(**flags: bool) -> list[str]:
    return [f"--{name}" for name, is_wanted in flags.items() if is_wanted]
