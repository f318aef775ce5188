"""The IAMC's long table, read back and drawn by the real pyam."""

import math
import subprocess

import pandas as pd
import pyam
import pytest

from chokepoint import program
from conftest import REPOSITORY


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("iamc") / "results"
    scenario = REPOSITORY / "scenarios" / "h800-vs-h100.yaml"
    arguments = ["run", str(scenario), "--replicates", "32", "--iamc", "--quiet"]
    subprocess.run([program.path(), *arguments, "--output", str(folder)], check=True)
    return folder


@pytest.fixture(scope="module")
def frame(folder):
    return pyam.IamDataFrame(folder / "iamc.csv")


def test_regions_and_variables_are_those_of_the_trajectories(folder, frame):
    trajectories = pd.read_csv(folder / "trajectories.csv")
    assert "CN" in frame.region and "World" in frame.region
    row = trajectories[
        (trajectories.metric == "stock_h100e")
        & (trajectories.entity == "CN")
        & (trajectories.regime == "current-law")
        & (trajectories.month == "2024-12-01")
    ].iloc[0]
    same = frame.filter(
        region="CN",
        scenario="h800-vs-h100 current-law",
        year=2024,
        subannual="12-31",
        variable="stock_h100e|*",
    ).data.set_index("variable").value
    assert len(same) == 6
    for column, figure in [("p05", "5.0th Percentile"), ("p50", "50.0th Percentile"), ("mean", "Mean")]:
        assert math.isclose(same[f"stock_h100e|{figure}"], row[column])
    assert len(frame.data) == 6 * trajectories.p50.notna().sum()


def test_ends_of_years_are_drawn(frame, tmp_path):
    medians = frame.filter(
        region="CN", variable="stock_h100e|50.0th Percentile", subannual="12-31"
    )
    axes = medians.plot(color="scenario")
    assert len(axes.get_lines()) == 5
    axes.get_figure().savefig(tmp_path / "stock.png")
    assert (tmp_path / "stock.png").stat().st_size > 5000
