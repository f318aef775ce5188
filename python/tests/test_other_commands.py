"""The other commands, and what is said when something is wrong."""

import os
import sys

import chokepoint
import pytest
from chokepoint import program

from conftest import REPOSITORY


def test_the_program_of_this_installation_is_called(monkeypatch):
    monkeypatch.delenv("CHOKEPOINT", raising=False)
    assert program.path().startswith(sys.prefix)
    assert chokepoint.command("--version").strip() == chokepoint.__version__


def test_a_program_that_is_not_there_is_said(monkeypatch, tmp_path):
    monkeypatch.setattr(program.shutil, "which", lambda *_, **__: None)
    monkeypatch.delenv("CHOKEPOINT", raising=False)
    with pytest.raises(FileNotFoundError, match="docs/install.md"):
        program.path()


def test_a_named_program_comes_first(monkeypatch, tmp_path):
    named = tmp_path / "named"
    named.write_text('#!/bin/sh\necho "$@"\n')
    named.chmod(0o755)
    monkeypatch.setenv("CHOKEPOINT", os.fspath(named))
    assert chokepoint.command("a b", "c") == "a b c\n"


def test_all_faults_come_at_once():
    with pytest.raises(chokepoint.ScenarioFaults) as caught:
        chokepoint.validate({"about": 3, "run": {"replicates": "x"}})
    text = str(caught.value)
    assert "about: found the number 3; wanted: a mapping of keys to values" in text
    assert 'run.replicates: found the text "x"; wanted: a whole number' in text
    assert "6 errors" in text
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("command", [chokepoint.run, chokepoint.compare, chokepoint.backcast, chokepoint.points])
def test_every_command_refuses_a_broken_scenario(command):
    with pytest.raises(chokepoint.ScenarioFaults, match='the key "world" is missing'):
        command({})


def test_a_misspelt_override_is_a_fault(one_run):
    with pytest.raises(chokepoint.ScenarioFaults, match="replicats"):
        chokepoint.run(one_run, replicats=4)


def test_wrong_usage_is_said_in_the_program_s_words(one_run):
    with pytest.raises(chokepoint.ChokepointError, match="--replicates takes 1 to") as caught:
        chokepoint.run(one_run, replicates=0)
    assert caught.value.code == 64


def test_a_valid_scenario_is_summed_up(one_run):
    assert "valid: 2 regimes" in chokepoint.validate(one_run)


def test_warnings_can_be_errors(one_run):
    one_run["regimes"].append({"id": "twin"})
    chokepoint.validate(one_run)
    with pytest.raises(chokepoint.ScenarioFaults, match="with --strict an error"):
        chokepoint.validate(one_run, strict=True)


def test_regimes_of_two_scenarios_are_compared(one_run):
    other = {**one_run, "regimes": [{"id": "rules-of-2022", "rules": ["us_2022_10"]}]}
    results = chokepoint.compare(
        one_run, other, metrics=["chip_hours_cumulative"], entities="base", prefer={"chip_hours_cumulative": "low"}
    )
    ranks = results.tables["ranks"]
    assert len(ranks) == 3
    assert set(ranks["better"]) == {"low"}
    assert [len(each["regimes"]) for each in results.answer["metrics"]] == [3]
    assert set(results.comparison["metric"]) == {"chip_hours_cumulative"}


def test_a_backcast_has_a_row_for_each_observation():
    path = REPOSITORY / "scenarios" / "backcast-2022-2025.yaml"
    backcast = chokepoint.backcast(path, known_until="2024-12", replicates=32, quiet=True)
    assert backcast.answer["replicates"] == 32
    assert len(backcast.targets) == len(backcast.answer["targets"]) > 20
    assert backcast.targets["covered"].dtype == bool
    assert backcast.targets["is_forecast"].any()
    assert backcast.code in (0, 1)


def test_any_other_command_gives_what_it_prints():
    assert "h20" in chokepoint.command("rules", "--destination", "CN", "--chip", "h20")
    with pytest.raises(chokepoint.ChokepointError, match="h2000"):
        chokepoint.command("rules", "--destination", "CN", "--chip", "h2000")
