"""Runs give what the program writes and prints."""

import gc
import json
import os
import signal
import subprocess
import sys
import time
from datetime import date

import chokepoint
import numpy as np
import pandas as pd
import pytest


def test_results_are_those_of_the_program(first_scenario, tmp_path):
    printed = chokepoint.command(
        "run", first_scenario, "--replicates=16", "--json", f"--output={tmp_path / 'by program'}"
    )
    results = chokepoint.run(first_scenario, replicates=16, output=tmp_path / "by package")
    assert results.code == 0
    assert results.answer == json.loads(printed)
    for path in (tmp_path / "by program").glob("*.csv"):
        assert (results.folder / path.name).read_bytes() == path.read_bytes(), path.name
        assert path.stem in results.tables


def test_tables_have_their_types(one_run):
    results = chokepoint.run(one_run)
    assert results.answer["replicates"] == 16
    assert results.answer["simulated"] is True
    trajectories = results.trajectories
    assert pd.api.types.is_datetime64_any_dtype(trajectories["month"])
    assert trajectories["month"].min() == pd.Timestamp(2024, 1, 1)
    assert list(results.comparison["reference"].unique()) == ["no-controls"]
    assert set(results.tables["runs"]["derived_rent"].dropna()) <= {True, False}
    assert dict(results.tables).keys() == set(results.tables)


def test_overrides_change_the_scenario(one_run):
    rent = "chips.h100_sxm.rent_usd_per_hour"
    overrides = {rent: np.int64(2), "world.runs.base.start": date(2024, 3, 1), "about.title": "Grüße: {a} [b]"}
    results = chokepoint.run(one_run, replicates=4, seed=3, regimes=["no-controls"], **overrides)
    assert (results.answer["replicates"], results.answer["seed"]) == (4, 3)
    effective = (results.folder / "scenario.yaml").read_text(encoding="utf-8")
    assert "Grüße: {a} [b]" in effective
    assert "2024-03-01" in effective
    assert set(results.trajectories["regime"]) == {"no-controls"}
    runs = results.tables["runs"]
    hours, dollars = (
        runs[(runs["metric"] == metric) & runs["stage"].isna()]["p50"].item()
        for metric in ("chip_hours", "cost_final_run_usd")
    )
    assert dollars == pytest.approx(2 * hours)


def test_options_are_handed_on(one_run):
    assert chokepoint.run(one_run, options=["--replicates=5"]).answer["replicates"] == 5


def test_temporary_results_go_with_their_last_reference(one_run):
    results = chokepoint.run(one_run)
    folder = results.folder
    (folder / "report.html").write_text("<p>")
    report = results.report()
    del results
    gc.collect()
    assert folder.exists(), "its page is still in use"
    del report
    gc.collect()
    assert not folder.exists()


def test_results_of_another_input_are_kept(one_run, tmp_path):
    before = chokepoint.run(one_run, output=tmp_path / "r").trajectories
    with pytest.raises(chokepoint.ChokepointError, match="--force") as caught:
        chokepoint.run(one_run, output=tmp_path / "r", seed=8)
    assert caught.value.code == 73
    pd.testing.assert_frame_equal(chokepoint.read(tmp_path / "r").trajectories, before)
    chokepoint.run(one_run, output=tmp_path / "r", seed=8, force=True)
    assert not chokepoint.read(tmp_path / "r").trajectories.equals(before)


def test_a_sweep_has_an_answer_at_each_point(one_run):
    one_run["sweep"] = {"grid": {"world.runs.base.chips": [1024, 2048]}}
    points = chokepoint.points(one_run)
    assert len(points) == 2
    results = chokepoint.run(one_run)
    assert set(results.tables["sweep"]["point"]) == set(points)
    with pytest.raises(chokepoint.NotThere, match="sweep"):
        results.answer
    assert chokepoint.run(one_run, point=points[1]).answer["replicates"] == 16
    del one_run["sweep"]
    assert chokepoint.points(one_run) == []


def test_what_the_program_tells_is_passed_on(one_run, capsys):
    one_run["regimes"].append({"id": "twin"})
    chokepoint.run(one_run)
    assert "warning" in capsys.readouterr().err
    chokepoint.run(one_run, quiet=True)
    assert capsys.readouterr().err == ""


def test_an_interrupted_run_keeps_what_is_done(first_scenario, tmp_path):
    program = "import chokepoint, sys; chokepoint.run(sys.argv[1], output=sys.argv[2], replicates=10_000_000)"
    python = subprocess.Popen(
        [sys.executable, "-c", program, first_scenario, tmp_path],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    # It tells at once how large the run is, and goes on for hours.
    assert "10,000,000 replicates" in python.stderr.readline()
    time.sleep(1)
    # To the whole group, as a terminal and Jupyter do.
    os.killpg(python.pid, signal.SIGINT)
    _, told = python.communicate(timeout=60)
    assert "are done and kept; run it again to go on" in told
    assert "KeyboardInterrupt" in told
    assert (tmp_path / ".unfinished.sqlite").exists()
