"""The notebook runs as it is kept, in a real Jupyter kernel."""

import nbformat
import pytest
from nbclient import NotebookClient

from conftest import REPOSITORY

NOTEBOOK = REPOSITORY / "notebooks-output" / "explore.ipynb"


@pytest.fixture(scope="module")
def kept():
    return nbformat.read(NOTEBOOK, as_version=4)


@pytest.fixture(scope="module")
def executed(kept):
    notebook = nbformat.from_dict(kept)
    place = {"metadata": {"path": str(NOTEBOOK.parent)}}
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources=place).execute()
    return {cell.id: cell.outputs for cell in notebook.cells if cell.cell_type == "code"}


def test_outputs_are_not_kept(kept):
    nbformat.validate(kept)
    for cell in kept.cells:
        assert not cell.get("outputs"), cell.id
        assert cell.get("execution_count") is None, cell.id


def test_tables_are_shown(executed):
    table = shown(executed["differences"], "text/html")
    for regime in ("october-2022", "october-2023", "strict", "current-law"):
        assert regime in table


def test_charts_are_shown(executed):
    assert '"mark"' in str(shown(executed["chart"], "text/html")).replace("'", '"')


def test_charts_of_the_run_are_shown(executed):
    *charts, names = executed["charts"]
    assert len(charts) == sum(f"'{name}'" in str(names) for name in ("stock-h100e", "lag-months-difference"))


def test_the_answer_is_shown(executed):
    assert "h800-vs-h100" in shown(executed["answer"], "text/plain")


def shown(outputs, kind):
    found = [output.data[kind] for output in outputs if kind in output.get("data", {})]
    assert found, f"nothing of the kind {kind} is shown: {outputs}"
    return found[-1]
