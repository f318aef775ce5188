"""Folders of results as the program writes them, made here by hand."""

import html
import json

import altair
import chokepoint
import pandas as pd
import pytest

LINE = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "data": {"values": [{"month": "2024-01-01", "p50": 1.5}]},
    "mark": "line",
    "encoding": {"x": {"field": "month", "type": "temporal"}, "y": {"field": "p50", "type": "quantitative"}},
}


def table(path, text, **types):
    path.write_text(text)
    fields = [{"name": name, "type": type} for name, type in types.items()]
    return {"name": path.stem, "path": path.name, "format": "csv", "schema": {"fields": fields}}


@pytest.fixture
def folder(tmp_path):
    """A folder with one table and two charts."""
    events = table(
        tmp_path / "events.csv",
        "entity,month,derived,n\nNA,2024-01-01,true,3\n001,,false,\n",
        entity="string", month="date", derived="boolean", n="integer",
    )  # fmt: skip
    page = {"name": "page", "path": "page.html", "format": "html"}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [events, page]}))
    (tmp_path / "charts").mkdir()
    for name, chart in {"stock-h100e": LINE, "cost-by-view": {**LINE, "mark": "bar"}}.items():
        (tmp_path / "charts" / f"{name}.vl.json").write_text(json.dumps(chart))
    return tmp_path


def test_names_that_look_like_something_else_stay_names(folder):
    events = chokepoint.read(folder).tables["events"]
    assert list(events["entity"]) == ["NA", "001"]
    assert events["month"][0] == pd.Timestamp(2024, 1, 1)
    assert pd.isna(events["month"][1])
    assert pd.isna(events["n"][1])
    assert list(events["derived"]) == [True, False]


def test_a_table_that_is_not_there_is_said_with_those_that_are(folder):
    results = chokepoint.read(folder)
    assert list(results.tables) == ["events"]
    with pytest.raises(chokepoint.NotThere, match='has no table "trajectories"; it has: events$'):
        results.trajectories
    with pytest.raises(chokepoint.NotThere, match='has no table "summary"'):
        results.summary


def test_charts_are_altair_s(folder):
    results = chokepoint.read(folder)
    assert results.charts == ["cost-by-view", "stock-h100e"]
    chart = results.chart("stock-h100e")
    assert isinstance(chart, altair.Chart)
    drawn = chart.properties(width=300).to_dict()
    assert drawn["width"] == 300
    assert list(drawn["datasets"].values()) == [LINE["data"]["values"]]


@pytest.mark.parametrize("name", ["stock", "../datapackage", ""])
def test_a_chart_that_is_not_there_is_said_with_those_that_are(folder, name):
    with pytest.raises(chokepoint.NotThere, match='no chart ".*"; it has: cost-by-view, stock-h100e$'):
        chokepoint.read(folder).chart(name)


def test_layers_and_facets_are_charts_too(folder):
    layers = {key: LINE[key] for key in ("$schema", "data")}
    layers["layer"] = [{key: LINE[key] for key in ("mark", "encoding")}] * 2
    (folder / "charts" / "fan.vl.json").write_text(json.dumps(layers))
    assert isinstance(chokepoint.read(folder).chart("fan"), altair.LayerChart)


def test_a_notebook_shows_the_page_and_the_page_cannot_reach_the_notebook(folder):
    page = '<title>"a" & b</title><script>1 < 2</script>'
    (folder / "report.html").write_text(page)
    report = chokepoint.read(folder).report()
    assert report.path == folder / "report.html"
    shown = report._repr_html_()
    assert 'sandbox="allow-scripts allow-popups allow-downloads"' in shown
    held = shown.split('srcdoc="')[1].split('"')[0]
    assert html.unescape(held) == page


def test_a_folder_without_page_or_answer_says_so(folder):
    results = chokepoint.read(folder)
    with pytest.raises(chokepoint.NotThere, match="has no report.html"):
        results.report()
    with pytest.raises(chokepoint.NotThere, match="without its answer"):
        results.answer


def test_a_folder_of_something_else_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match="no folder of results"):
        chokepoint.read(tmp_path)
