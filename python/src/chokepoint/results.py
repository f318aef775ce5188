"""Folders of results: tables, charts, the page, the answer."""

from __future__ import annotations

import html
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import altair
import pandas as pd

_CHART = ".vl.json"


class NotThere(KeyError):
    """A folder of results has no such table, chart, page or answer; the text says what there is."""

    def __str__(self) -> str:
        return str(self.args[0])


class Tables(Mapping[str, pd.DataFrame]):
    """The tables of a folder by name, as its data package lists them; each is read when it is asked for."""

    def __init__(self, folder: Path) -> None:
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        self._folder = folder
        self._resources = {each["name"]: each for each in package["resources"] if each.get("format") == "csv"}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._resources:
            raise NotThere(f'{self._folder} has no table "{name}"; it has: {", ".join(self._resources)}')
        resource = self._resources[name]
        types = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
        return pd.read_csv(
            self._folder / resource["path"],
            dtype={column: str for column, type in types.items() if type == "string"},
            parse_dates=[column for column, type in types.items() if type == "date"],
            # An empty cell alone is missing: a lab may be called NA.
            keep_default_na=False,
            na_values=[""],
        )

    def __contains__(self, name: object) -> bool:
        return name in self._resources

    def __iter__(self) -> Iterator[str]:
        return iter(self._resources)

    def __len__(self) -> int:
        return len(self._resources)


class Report(os.PathLike[str]):
    """The page of the results: a path, which a notebook shows as the page itself."""

    def __init__(self, path: Path, results: Results) -> None:
        #: Where it is.
        self.path = path
        # So that a temporary folder lives as long as its page.
        self._results = results

    def __fspath__(self) -> str:
        return str(self.path)

    def __repr__(self) -> str:
        return f"Report({str(self.path)!r})"

    def _repr_html_(self) -> str:
        # By content, since a notebook's server shows no files outside its own folder; apart from the notebook,
        # whose cells the page must not reach.
        page = html.escape(self.path.read_text(encoding="utf-8"))
        return (
            '<iframe title="Chokepoint report" sandbox="allow-scripts allow-popups allow-downloads" '
            f'style="width: 100%; height: 50em; border: 1px solid #ccc" srcdoc="{page}"></iframe>'
        )


class Results:
    """A folder of results of `run` or `compare`."""

    def __init__(
        self,
        folder: str | os.PathLike[str],
        answer: dict[str, Any] | None = None,
        code: int = 0,
        temporary: TemporaryDirectory[str] | None = None,
    ) -> None:
        #: Where the files are. A temporary folder is removed with the last reference to its results.
        self.folder = Path(folder)
        #: 0; 1 where a published figure was not met; 2 where replicates failed: the table "failures" lists them.
        self.code = code
        #: Every table by name, as a pandas frame. Columns: docs/results.md, and `datapackage.json`.
        self.tables = Tables(self.folder)
        self._answer = answer
        self._temporary = temporary

    def __repr__(self) -> str:
        return f"Results({str(self.folder)!r})"

    @property
    def summary(self) -> pd.DataFrame:
        """The table to begin with: key metrics by regime at key dates, with differences."""
        return self.tables["summary"]

    @property
    def trajectories(self) -> pd.DataFrame:
        """Monthly metrics by regime and entity: mean, quantiles, Monte Carlo error."""
        return self.tables["trajectories"]

    @property
    def comparison(self) -> pd.DataFrame:
        """Every regime against the reference, replicate by replicate."""
        return self.tables["comparison"]

    @property
    def answer(self) -> dict[str, Any]:
        """What the command prints with `--json`.

        Raises:
            NotThere: for a folder that was only read, and for a sweep, which has an answer at each of its points.
        """
        if self._answer is None:
            raise NotThere(
                f"{self.folder} is here without its answer: it comes with `run` and `compare`, and for a sweep "
                "with `run(..., point=ID)`, where `points` lists the ids"
            )
        return self._answer

    @property
    def charts(self) -> list[str]:
        """The names of the charts that were written."""
        return sorted(path.name.removesuffix(_CHART) for path in self.folder.glob(f"charts/*{_CHART}"))

    def chart(self, name: str) -> altair.Chart:
        """One of the charts, which a notebook shows, and which Altair can change and save."""
        path = self.folder / "charts" / f"{name}{_CHART}"
        if name not in self.charts:
            raise NotThere(f'{self.folder} has no chart "{name}"; it has: {", ".join(self.charts) or "none"}')
        return altair.Chart.from_dict(json.loads(path.read_text(encoding="utf-8")))

    def report(self) -> Report:
        """The page with the answer and all charts: its path, shown in a notebook as the page itself."""
        path = self.folder / "report.html"
        if not path.exists():
            raise NotThere(f"{self.folder} has no report.html")
        return Report(path, self)


@dataclass(frozen=True)
class Backcast:
    """How the model's figures compare with observed ones."""

    #: What `chokepoint backcast --json` prints.
    answer: dict[str, Any]
    #: 0; 1 where a target was missed unexpectedly; 2 where replicates failed.
    code: int

    @property
    def targets(self) -> pd.DataFrame:
        """A row for each observation: observed value, band of the draws, whether it is covered."""
        return pd.json_normalize(self.answer["targets"])


def read(folder: str | os.PathLike[str]) -> Results:
    """A folder of results that is there already."""
    if not (Path(folder) / "datapackage.json").exists():
        raise FileNotFoundError(f"{os.fspath(folder)} is no folder of results: it has no datapackage.json")
    return Results(folder)
