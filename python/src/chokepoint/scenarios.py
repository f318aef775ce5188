"""Scenarios and overrides as the program takes them: as files and as words of a command line."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

#: A scenario: the path of its file, or its content as nested mappings and lists, with the same keys.
Scenario: TypeAlias = str | os.PathLike[str] | Mapping[str, Any]

# Overrides that are options of the program. All others are keys of the scenario, for `--set`.
_OPTIONS = ("replicates", "seed", "regimes", "point")


@contextmanager
def files(*scenarios: Scenario) -> Iterator[list[str]]:
    """The paths of scenarios; those that are given as mappings are files for as long as this lasts."""
    with tempfile.TemporaryDirectory(prefix="chokepoint-") as folder:
        yield [
            _written(scenario, Path(folder), number) if isinstance(scenario, Mapping) else os.fspath(scenario)
            for number, scenario in enumerate(scenarios, start=1)
        ]


def _written(scenario: Mapping[str, Any], folder: Path, number: int) -> str:
    name = "scenario" if number == 1 else f"scenario-{number}"
    path = folder / f"{name}.yaml"
    # JSON is YAML, and has no surprises.
    path.write_text(_json(scenario, indent=2), encoding="utf-8")
    return str(path)


def words(overrides: Mapping[str, Any]) -> list[str]:
    """Overrides as options. An option without a value is left out; a key may be set to null."""
    options = []
    for name, value in overrides.items():
        if name not in _OPTIONS:
            options.append(f"--set={name}={_json(value)}")
        elif value is not None:
            options.append(f"--{name}={listed(value)}")
    return options


def listed(value: Any) -> str:
    """One value, or several with commas between them."""
    several = isinstance(value, Sequence) and not isinstance(value, str)
    return ",".join(map(str, value)) if several else str(value)


def _json(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, indent=indent, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    """Numbers of NumPy as numbers, dates and paths as text."""
    return value.item() if hasattr(value, "item") else str(value)
