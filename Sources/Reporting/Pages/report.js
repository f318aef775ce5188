// What a page does beyond its text and tables: draws its charts, lets regimes be switched off, and shows any
// series that the run kept. Everything it shows is data of the page; nothing is fetched, and no text of a
// scenario is ever an expression: Vega interprets its own (`ast`), and the page forbids all others.
(() => {
  "use strict";
  if (typeof vegaEmbed !== "function") return;
  document.documentElement.classList.add("script");

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const night = {
    "#222222": "#e8e8e8", "#595959": "#b5b8bd", "#e4e4e4": "#34373d", "#0072b2": "#5aaee6",
    "#a3195b": "#ff8fc0",
    white: "transparent",
  };
  let onPaper = false;
  // Colours are literals of the program that made the charts, so that they can be told from data by their keys.
  const colourKeys = new Set([
    "background", "color", "labelColor", "titleColor", "subtitleColor", "gridColor", "domainColor", "tickColor",
    "range",
  ]);
  const recolour = (node, key) => {
    if (Array.isArray(node)) return node.map((item) => recolour(item, key));
    if (node && typeof node === "object") {
      const copy = {};
      for (const [name, value] of Object.entries(node)) {
        copy[name] = name === "data" ? value : recolour(value, name);
      }
      return copy;
    }
    return colourKeys.has(key) && night[node] ? night[node] : node;
  };

  const hidden = new Set();
  // Regimes that are switched off at first, because one panel cannot tell so many apart: a panel of their own shows
  // them all the same.
  const away = new Set();
  const filtered = (panel) => {
    const isAlone = new Set(panel.data.values.map((row) => row.regime)).size === 1;
    const isShown = ({ regime }) =>
      regime === undefined || !hidden.has(regime) || (isAlone && away.has(regime));
    return (data) => ({ ...data, values: data.values.filter(isShown) });
  };

  // A text in lines of about so many characters.
  const lines = (text, width) => text.split(" ").reduce((all, word) => {
    const last = all[all.length - 1];
    if (last !== undefined && last.length + 1 + word.length <= width) all[all.length - 1] = `${last} ${word}`;
    else all.push(word);
    return all;
  }, []);

  // A layer whose legend and rows tell of no regime that is switched off.
  const withoutHidden = (layer, width) => {
    const { color, yOffset } = layer.encoding;
    const encoding = { ...layer.encoding };
    if (color && color.legend && color.legend.values) {
      const values = color.legend.values.filter((name) => !hidden.has(name));
      const columns = Math.max(1, Math.min(color.legend.columns || 1, Math.floor(width / 110)));
      encoding.color = { ...color, legend: { ...color.legend, values, columns } };
      if (encoding.strokeDash) encoding.strokeDash = { ...encoding.strokeDash, legend: encoding.color.legend };
    }
    if (yOffset) {
      const domain = yOffset.scale.domain.filter((name) => !hidden.has(name));
      encoding.yOffset = { ...yOffset, scale: { ...yOffset.scale, domain } };
    }
    return { ...layer, encoding };
  };

  // Rows of text over and under bars, in as many lines as the longest needs.
  const wrap = (panel) => {
    const height = 13;
    const room = panel.width / 6;
    const most = { name: 1, label: 1 };
    const values = panel.data.values.map((row) => {
      const name = lines(row.name, room);
      const label = lines(row.label, room);
      most.name = Math.max(most.name, name.length);
      most.label = Math.max(most.label, label.length);
      return { ...row, nameLines: name, labelLines: label };
    });
    panel.data = { ...panel.data, values };
    panel.height += values.length * height * (most.name + most.label - 2);
    panel.layer = panel.layer.map((one) => {
      if (!one.mark.limit) return one;
      const { field } = one.encoding.text;
      const up = field === "name" ? height * (most.name - 1) : 0;
      const text = { ...one.encoding.text, field: `${field}Lines` };
      const mark = { ...one.mark, limit: panel.width + 40, dy: one.mark.dy - up, lineHeight: height };
      return { ...one, mark, encoding: { ...one.encoding, text } };
    });
  };

  // A chart as wide as its place, without the title, which the page has, and without what is switched off.
  const fitted = (spec, room) => {
    const axis = 62;
    const panels = (spec.concat || []).map((panel) => {
      const shown = filtered(panel);
      const layer = panel.layer.map((one) => (one.data ? { ...one, data: shown(one.data) } : one));
      return { ...panel, data: shown(panel.data), layer };
    }).filter((panel) => panel.data.values.length > 0);
    // Names at line ends, which stand beside the panel.
    const ends = panels.flatMap((panel) => panel.layer.filter((one) => one.mark.dx === 36).flatMap(
      (one) => (one.data || panel.data).values.map((row) => `${row[one.encoding.text.field]}`.length)));
    const longest = Math.max(0, ...ends);
    const wanted = longest > 0 ? 44 + 6 * longest : 8;
    // On a phone a long name is cut, so that the panel keeps its room.
    const names = Math.min(wanted, Math.max(80, room - axis - 130));
    const cut = (one) => (names < wanted && one.mark.dx === 36 ? { ...one, mark: { ...one.mark, limit: names - 38 } } : one);
    const rows = panels.some((panel) => panel.layer.some((one) => one.encoding.y && one.encoding.y.type === "nominal"));
    const beside = axis + names + (rows ? 80 : 0);
    const least = Math.min(...panels.map((panel) => panel.width)) + beside + 28;
    const columns = Math.max(1, Math.min(spec.columns || 1, panels.length, Math.floor((room + 28) / least)));
    const widest = Math.max(100, Math.floor((room - 24 - 28 * (columns - 1)) / columns) - beside);
    for (const panel of panels) {
      panel.width = Math.min(Math.round(panel.width * 1.5), widest);
      if (panel.layer.some((one) => one.mark.limit)) wrap(panel);
      panel.layer = panel.layer.map((one) => cut(withoutHidden(one, panel.width)));
      if (panel.title) {
        const { text, subtitle } = panel.title;
        panel.title = { ...panel.title, text: lines(text.join(" "), panel.width / 6.8) };
        if (subtitle) panel.title.subtitle = lines(subtitle.join(" "), panel.width / 5.4);
      }
    }
    const { title, ...rest } = spec;
    const fit = { ...rest, concat: panels, columns };
    return dark.matches && !onPaper ? recolour(fit) : fit;
  };

  const options = {
    ast: true, actions: { export: { svg: true, png: true }, source: false, compiled: false, editor: false },
    renderer: "svg", mode: "vega-lite", logLevel: 1,
  };
  // What is drawn has its finding as its name, which the page gives to its place.
  const quieten = (place) => {
    for (const one of place.querySelectorAll("[role^=graphics], [aria-roledescription]")) {
      for (const name of ["role", "aria-roledescription", "aria-label"]) one.removeAttribute(name);
    }
    const svg = place.querySelector("svg");
    svg.setAttribute("aria-hidden", "true");
    svg.setAttribute("focusable", "false");
  };
  const draw = async (place, spec) => {
    // How wide names beside the axes are shows when they are drawn: once more, if they are wider than thought.
    for (let room = place.clientWidth, round = 0; round < 2; round += 1) {
      const fit = spec.concat ? fitted(spec, room) : spec;
      if (fit.concat && fit.concat.length === 0) {
        place.textContent = "All regimes that it shows are switched off.";
        return;
      }
      await vegaEmbed(place, fit, options);
      quieten(place);
      const excess = place.scrollWidth - place.clientWidth;
      if (excess <= 0 || !spec.concat) return;
      room -= excess * (fit.columns || 1);
    }
  };

  const places = [...document.querySelectorAll("[data-chart]")]
    .map((place) => ({ place, source: document.getElementById(`data-${place.dataset.chart}`) }))
    .filter(({ source }) => source)
    .map(({ place, source }) => ({ place, spec: JSON.parse(source.textContent) }));
  const drawAll = async () => {
    for (const { place, spec } of places) await draw(place, spec);
    await explore();
  };

  // What the explorer shows, which tells too which regimes are too many to be shown at first.
  const stored = document.getElementById("explorer-data");
  const data = stored && JSON.parse(stored.textContent);
  for (const place of data ? data.away : []) {
    hidden.add(data.regimes[place]);
    away.add(data.regimes[place]);
  }

  // Regimes, in the order in which charts have them.
  const regimes = data ? [...data.regimes] : [];
  for (const { spec } of places) {
    for (const panel of spec.concat || []) {
      for (const row of panel.data.values) {
        if (row.regime !== undefined && !regimes.includes(row.regime)) regimes.push(row.regime);
      }
    }
  }
  const switches = document.getElementById("regimes");
  if (switches && regimes.length > 1) {
    for (const regime of regimes) {
      const box = document.createElement("input");
      box.type = "checkbox";
      box.checked = !hidden.has(regime);
      box.addEventListener("change", () => {
        away.delete(regime);
        if (box.checked) hidden.delete(regime); else hidden.add(regime);
        drawAll();
      });
      const label = document.createElement("label");
      label.append(box, ` ${regime}`);
      switches.append(label);
    }
  } else if (switches) {
    switches.remove();
  }

  // The explorer.
  const chosen = (id) => document.getElementById(id);
  const fill = (select, texts) => {
    select.replaceChildren(...texts.map((text, place) => {
      const option = document.createElement("option");
      option.value = String(place);
      option.textContent = text;
      return option;
    }));
  };
  const metrics = data ? [...new Set(data.series.map((one) => one.metric))] : [];
  const ofMetric = () => data.series.filter((one) => one.metric === metrics[Number(chosen("metric").value)]);
  const series = () => ofMetric()[Number(chosen("entity").value)] || ofMetric()[0];
  const readings = () => [data.regimes.length > 1 ? "Level" : null,
    data.regimes.length > 1 ? `Difference from ${data.regimes[0]}` : null].filter(Boolean);
  const isDifference = () => chosen("reading").value === "1";
  const inWords = (value) => {
    if (value === null || value === undefined) return "";
    const size = Math.abs(value);
    for (const [unit, letter] of [[1e12, "T"], [1e9, "B"], [1e6, "M"], [1e3, "K"]]) {
      if (size >= unit * 0.9995 && size < 1e15) return `${Number((value / unit).toPrecision(3))}${letter}`;
    }
    return size >= 1e15 ? value.toExponential(2) : String(Number(value.toPrecision(3)));
  };
  const shownRegimes = () => {
    const all = data.regimes.map((name, place) => ({ name, place }));
    return (isDifference() ? all.slice(1) : all).filter(({ name }) => !hidden.has(name));
  };
  const valuesOf = (one, place) => (isDifference() ? one.differences[place - 1] : one.values[place]) || [];
  const explore = async () => {
    if (!data) return;
    const one = series();
    const rows = shownRegimes().flatMap(({ name, place }) => valuesOf(one, place).flatMap((value, month) =>
      value[0] === null ? [] : [{
        regime: name, month: data.days[month], value: value[0], p05: value[1], p95: value[2],
      }]));
    const place = chosen("explorer");
    const width = Math.max(160, Math.min(760, place.clientWidth - 90));
    const names = shownRegimes().map(({ name }) => name);
    const longest = Math.max(0, ...names.map((name) => name.length));
    const looks = (range) => ({
      field: "regime", type: "nominal", title: null, scale: { domain: data.regimes, range },
      legend: { orient: "top", columns: Math.max(1, Math.min(6, Math.floor((width + 60) / (40 + 6 * longest)))), values: names,
        symbolType: "stroke", symbolOpacity: 1, symbolStrokeWidth: 2, symbolSize: 320, labelLimit: 200, offset: 26 },
    });
    const years = data.days.length > 1
      ? Number(data.days[data.days.length - 1].slice(0, 4)) - Number(data.days[0].slice(0, 4)) : 0;
    const x = { field: "month", type: "temporal", title: null, scale: { type: "utc" },
      axis: { grid: false, format: years > 2 ? "%Y" : "%b %Y", labelOverlap: true,
        tickCount: years > 2 ? { interval: "year", step: years > 6 ? 2 : 1 } : { interval: "month", step: 3 } } };
    // As in the charts above: powers of ten where values span two of them, but for differences.
    const middles = rows.map((row) => row.value);
    const least = Math.min(...middles);
    const isLog = !isDifference() && least > 0 && Math.max(...middles) / least >= 100;
    const floor = least / 10;
    // Where values are close to each other and far from zero, zero would leave no room for them.
    const ends = rows.flatMap((row) => [row.value, row.p05 ?? row.value, row.p95 ?? row.value]);
    const hasZero = isDifference() || Math.min(...ends) < 0.6 * Math.max(...ends);
    if (isLog) for (const row of rows) row.p05 = row.p05 === null ? null : Math.max(row.p05, floor);
    const ticks = [];
    if (isLog) {
      const most = Math.max(...rows.map((row) => row.p95 ?? row.value));
      const steps = most / least < 1e4 ? [1, 2, 5] : [1];
      for (let power = 10 ** Math.floor(Math.log10(least)); power <= most; power *= 10) {
        ticks.push(...steps.map((step) => step * power).filter((tick) => tick >= floor && tick <= most));
      }
    }
    const y = (field) => ({
      field, type: "quantitative", title: one.unit + (isLog ? " (log scale)" : ""),
      scale: isLog ? { type: "log", nice: false } : { type: "linear", zero: hasZero },
      axis: { ...(isLog ? { values: ticks } : { tickCount: 6 }),
        labelExpr: "abs(datum.value) >= 1e15 ? (datum.value < 0 ? '−' : '')"
          + " + replace(replace(format(abs(datum.value), '.1~e'), 'e+', '×10^'), /^1×/, '')"
          + " : abs(datum.value) < 1 ? format(datum.value, '.2~g')"
          + " : replace(replace(format(datum.value, '.3~s'), 'G', 'B'), 'k', 'K')",
        titleAngle: 0, titleAlign: "left", titleAnchor: "end", titleX: -42, titleY: -12 },
    });
    const figure = (field, title) => ({ field, type: "quantitative", title, format: ".3s" });
    const spec = {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json", width, height: 320, data: { values: rows },
      layer: [
        { data: { values: rows.filter((row) => row.p05 !== null) },
          mark: { type: "area", opacity: 0.12 }, encoding: { x, y: y("p05"), y2: { field: "p95" },
          color: looks(data.colours) } },
        { mark: { type: "line", strokeWidth: 2 },
          encoding: { x, y: y("value"), color: looks(data.colours), strokeDash: looks(data.dashes) } },
        { params: [{ name: "near", select: { type: "point", on: "pointerover", nearest: true, clear: "pointerout" } }],
          mark: { type: "point", filled: true, size: 60 },
          encoding: { x, y: y("value"), color: looks(data.colours),
            opacity: { value: 0, condition: { param: "near", empty: false, value: 1 } },
            tooltip: [
              { field: "regime", type: "nominal", title: "Regime" },
              { field: "month", type: "temporal", timeUnit: "utcyearmonth", format: "%B %Y", title: "End of" },
              figure("value", one.typical), figure("p05", "5% of draws below"), figure("p95", "95% below"),
            ] } },
      ],
      config: { background: "white", view: { stroke: null }, font: "Helvetica, Arial, sans-serif",
        axis: { labelColor: "#222222", titleColor: "#595959", gridColor: "#e4e4e4", domainColor: "#595959",
          tickColor: "#595959", titleFontWeight: "normal" },
        legend: { labelColor: "#222222" } },
    };
    await draw(place, dark.matches && !onPaper ? recolour(spec) : spec);
    tabulate(one);
  };
  const cell = (name, text, attributes) => {
    const element = document.createElement(name);
    element.textContent = text;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const tabulate = (one) => {
    const month = Number(chosen("month").value);
    const day = data.days[month];
    chosen("month-name").textContent = `end of ${day.slice(0, 7)}`;
    const table = document.createElement("table");
    const head = document.createElement("tr");
    for (const title of ["Regime", one.typical, "5% of draws below", "95% below"]) {
      head.append(cell("th", title, { scope: "col", class: title === "Regime" ? "" : "number" }));
    }
    const headGroup = document.createElement("thead");
    headGroup.append(head);
    const body = document.createElement("tbody");
    for (const { name, place } of shownRegimes()) {
      const row = document.createElement("tr");
      row.append(cell("th", name, { scope: "row" }));
      for (const value of valuesOf(one, place)[month] || []) row.append(cell("td", inWords(value), { class: "number" }));
      body.append(row);
    }
    table.append(cell("caption", `${one.of === "world" ? "" : `${one.of}: `}${one.metric}, ${one.unit}, `
      + `end of ${day.slice(0, 7)}`, {}), headGroup, body);
    chosen("explorer-table").replaceChildren(table);
  };
  if (data) {
    fill(chosen("metric"), metrics);
    const entities = () => fill(chosen("entity"), ofMetric().map((one) => one.of));
    entities();
    fill(chosen("reading"), readings().length ? readings() : ["Level"]);
    const month = chosen("month");
    month.max = String(data.days.length - 1);
    month.value = month.max;
    chosen("metric").addEventListener("change", () => { entities(); explore(); });
    chosen("entity").addEventListener("change", explore);
    chosen("reading").addEventListener("change", explore);
    month.addEventListener("input", () => tabulate(series()));
  }

  const done = drawAll().then(() => document.documentElement.setAttribute("data-drawn", "yes"));
  dark.addEventListener("change", drawAll);
  let room = document.body.clientWidth;
  let waiting;
  addEventListener("resize", () => {
    if (document.body.clientWidth === room) return;
    room = document.body.clientWidth;
    clearTimeout(waiting);
    waiting = setTimeout(drawAll, 150);
  });
  addEventListener("beforeprint", () => { onPaper = true; drawAll(); });
  addEventListener("afterprint", () => { onPaper = false; drawAll(); });
})();
