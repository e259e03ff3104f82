"use strict";

const {title, x, y, along, searches, order, strip, spans, curves} = farflung.data;
const byName = new Map(searches.map((one) => [one.name, one]));
const shown = new Set([...searches, ...curves].map((one) => one.name));
const plot = document.getElementById("plot");
const panel = document.getElementById("searches");
const readout = document.getElementById("readout");
const table = document.getElementById("table");
const onlyShown = (list) => list.filter((one) => shown.has(one.name));
let kept = null; // which place along the horizontal axis the table is about

// ---- numbers in words

const raised = (power) => String(power).replace(/./g, (sign) => "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"["0123456789-".indexOf(sign)]);

function number(value, digits = 3) {
  if (value >= 1e-3 && value < 1e4) return String(Number(value.toPrecision(digits)));
  const [factor, power] = value.toExponential(digits - 1).split("e").map(Number);
  return `${factor === 1 ? "" : `${factor} × `}10${raised(power)}`;
}

const percent = (error) => (error < 1e-3 ? "< 0.1 %" : `${number(100 * error, 2)} %`);
const withUnit = (text, axis) => (axis.unit ? `${text} ${axis.unit}` : text);
const at = (place) => withUnit(number(along[place], 4), x);
const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The couplings of a row; where the scan ends before the exclusion does, with ≤ or ≥. */
function interval({low, high, open = ""}) {
  if (high === null) return `above ${withUnit(number(low), y)}`;
  const [below, above] = ["low", "high"].map((end) => open.includes(end));
  return withUnit(`${below ? "≤ " : ""}${number(low)} to ${above ? "≥ " : ""}${number(high)}`, y);
}

/** Relative statistical errors of the events at the ends of a row, as far as they are known. */
const errors = ({errors: both = []}) => both.filter((error) => error !== null).map(percent).join(", ");

/** What every and what some treatments exclude, where that is not what the rows say. */
function treatments(one, place) {
  const said = (rows = []) => rows.map(interval).join(", ") || "nothing";
  const band = {every: one.every[place], some: one.some[place]};
  if (!band.every && !band.some) return "";
  const other = Object.entries(band).filter(([, rows]) => said(rows) !== said(one.rows[place]));
  return other.map(([kind, rows]) => `in ${kind} treatment: ${said(rows)}`).join("; ");
}

const about = (one) => [one.status, one.level === "unstated" ? "CL unstated" : `${one.level} CL`].filter(Boolean).join(", ");

// ---- what is where

const inLogarithms = (rings) => rings.map((ring) => ring.map((point) => point.map(Math.log)));
for (const one of searches) one.inside = {region: inLogarithms(one.region), band: inLogarithms(one.band)};

function contains(rings, [px, py]) {
  let odd = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [[ax, ay], [bx, by]] = [ring[i], ring[j]];
      if (ay > py !== by > py && px < ax + ((py - ay) / (by - ay)) * (bx - ax)) odd = !odd;
    }
  }
  return odd;
}

const distance = (place, value) => Math.abs(Math.log(along[place] / value));
const nearest = (value) => along.reduce((best, _, place) => (distance(place, value) < distance(best, value) ? place : best), 0);

/** Searches whose drawn region holds a point, or is a line beside it, each with the nearest place that has intervals. */
function pointed(value, level) {
  const point = [Math.log(value), Math.log(level)];
  const near = nearest(value);
  const [left, right] = plot.layout.xaxis.range;
  const isBeside = distance(near, value) < (3 * Math.LN10 * (right - left)) / plot.clientWidth; // about 3 pixels
  const holds = (rows = []) => isBeside && rows.some(({low, high}) => low < level && level < (high ?? Infinity));
  const places = [near - 1, near, near + 1].filter((place) => place in along);
  places.sort((a, b) => distance(a, value) - distance(b, value));
  return onlyShown(searches).flatMap((one) => {
    const isCertain = contains(one.inside.region, point) || holds((one.some[near] ? one.every : one.rows)[near]);
    if (!isCertain && !contains(one.inside.band, point) && !holds(one.some[near])) return [];
    const place = places.find((each) => one.rows[each] || one.some[each]) ?? near;
    return [{one, isCertain, place}];
  });
}

/** Stretches along the strip, each with the search that reaches lowest of those that are shown. */
function best() {
  const found = [];
  for (let i = 0; i + 1 < strip.ends.length; i++) {
    let name = null;
    let lowest = Infinity;
    for (const one of searches) {
      const low = strip.lowest[one.name][i];
      if (shown.has(one.name) && low !== null && low < lowest) [name, lowest] = [one.name, low];
    }
    const last = found.at(-1);
    if (last && last.name === name) last.to = strip.ends[i + 1];
    else found.push({name, from: strip.ends[i], to: strip.ends[i + 1]});
  }
  return found.filter((stretch) => stretch.name !== null);
}

// ---- the picture

const GREY = "#80808038"; // masses at which widths are uncertain
const base = {type: "scatter", mode: "lines", hoverinfo: "skip", showlegend: false};
const shade = (colour, opacity) => colour + Math.round(255 * opacity).toString(16).padStart(2, "0");
const pattern = (shape, fgcolor, size, solidity) => ({shape, fgcolor, bgcolor: "#ffffff00", fillmode: "replace", size, solidity});

function path(rings) {
  const points = rings.flatMap((ring, i) => (i ? [[null, null], ...ring] : ring));
  return {x: points.map((point) => point[0]), y: points.map((point) => point[1])};
}

function tracesOf(one) {
  const area = {...base, meta: one.name, fill: "toself", line: {width: 0}};
  return [
    {...area, ...path(one.region), fillcolor: shade(one.colour, one.fill)},
    {...area, ...path(one.hatched), fillpattern: pattern("/", shade(one.colour, 0.75), 6, 0.18)},
    {...area, ...path(one.band), line: {width: 0.8, color: one.colour, dash: "dot"}, fillpattern: pattern(".", one.colour, 6, 0.18)},
    {...base, meta: one.name, ...path(one.border), line: {width: one.width, color: one.colour, dash: one.dash}},
  ].filter((trace) => trace.x.length);
}

function traces() {
  const drawn = order.filter((name) => shown.has(name)).flatMap((name) => tracesOf(byName.get(name)));
  for (const curve of onlyShown(curves)) {
    const [xs, ys] = curve.points;
    drawn.push({...base, meta: curve.name, x: xs, y: ys, line: {width: 1.8, color: curve.colour, dash: curve.dash}});
  }
  for (const {name, from, to} of strip ? best() : []) {
    const one = byName.get(name);
    const corners = {x: [from, to, to, from], y: [0, 0, 0.035, 0.035], yaxis: "y2"};
    const box = {...base, ...corners, meta: `strip ${name}`, fill: "toself", line: {width: 0}};
    drawn.push({...box, fillcolor: one.colour});
    if (one.isHatched) drawn.push({...box, fillpattern: pattern("/", "#ffffff", 6, 0.25)});
  }
  // an axis without anything on it would not be drawn
  return [...drawn, {...base, x: [null], y: [null]}, {...base, x: [null], y: [null], yaxis: "y2"}];
}

const extent = (axis) => axis.range.map(Math.log10);

/** About how many ticks there are: one a decade where there are many decades, or where there is little room. */
function ticks(given, now) {
  const [low, high] = now ?? extent(given);
  return high - low > 3 || innerWidth < 600 ? Math.ceil(high - low) : 4;
}

const axis = (given, more) => ({
  type: "log", range: extent(given), minallowed: extent(given)[0], maxallowed: extent(given)[1], title: {text: given.title},
  showgrid: false, zeroline: false, showline: true, linecolor: "#222", mirror: "allticks", ticks: "inside", ticklen: 7,
  minor: {ticks: "inside", ticklen: 4}, tickangle: 0, ...more,
});

function layout() {
  const upright = (type, from, to, more) => ({type, x0: from, x1: to, y0: 0, y1: 1, yref: "paper", ...more});
  const marks = spans.map(([from, to]) => upright("rect", from, to, {fillcolor: GREY, line: {width: 0}, layer: "below"}));
  if (kept !== null) marks.push(upright("line", along[kept], along[kept], {line: {width: 1, color: "#222", dash: "dot"}}));
  const said = {
    text: strip?.said, x: 0, y: 0.035, xref: "paper", yref: "paper", xanchor: "left", yanchor: "bottom",
    showarrow: false, bgcolor: "#ffffffa0", font: {size: 11, color: "#444"},
  };
  return {
    uirevision: "kept", hovermode: "closest", hoveranywhere: true, clickanywhere: true, dragmode: "zoom", showlegend: false,
    font: {family: "system-ui, sans-serif", size: 14, color: "#222"}, paper_bgcolor: "#fff", plot_bgcolor: "#fff",
    margin: {l: 80, r: 15, t: 34, b: 56}, shapes: marks, annotations: strip ? [said] : [],
    xaxis: axis(x, {...(x.plain ? {tickformat: "~g"} : {exponentformat: "power"}), nticks: ticks(x, plot.layout?.xaxis.range)}),
    yaxis: axis(y, {exponentformat: "power", nticks: 7}),
    yaxis2: {overlaying: "y", range: [0, 1], fixedrange: true, visible: false},
  };
}

const buttons = [["zoom2d", "pan2d", "zoomIn2d", "zoomOut2d", "resetScale2d"]];
const config = {responsive: true, displaylogo: false, showTips: false, modeBarButtons: buttons};
const draw = () => Plotly.react(plot, traces(), layout(), config);
const reset = () => Plotly.relayout(plot, {"xaxis.range": extent(x), "yaxis.range": extent(y)});

/** What a legend says of all that is shown. */
function legend() {
  const lined = ({width = 1.8, colour, dash}) => ({line: {width, color: colour, dash}});
  const entries = onlyShown(searches).map((one) => ({
    ...lined(one), name: escaped(one.title + one.said), fill: "toself", fillcolor: shade(one.colour, one.fill),
    ...(one.isHatched && {fillpattern: pattern("/", one.colour, 6, 0.18)}),
  }));
  entries.push(...onlyShown(curves).map((one) => ({...lined(one), name: escaped(one.name)})));
  if (onlyShown(searches).some((one) => one.band.length)) {
    const dotted = {fill: "toself", fillpattern: pattern(".", "#606060", 6, 0.18)};
    entries.push({...lined({width: 1, colour: "#606060", dash: "dot"}), ...dotted, name: "in one treatment, not in all"});
  }
  if (spans.length) entries.push({line: {width: 0}, fill: "toself", fillcolor: GREY, name: "widths uncertain"});
  return entries.map((entry) => ({...base, x: [null], y: [null], showlegend: true, ...entry}));
}

/** The picture as it is on the screen, with a title and a legend, as a file. */
function save(format) {
  const whole = {
    ...layout(), title: {text: title, font: {size: 17}}, margin: {l: 90, r: 20, t: 60, b: 60},
    showlegend: true, legend: {orientation: "h", y: -0.13},
  };
  for (const name of ["xaxis", "yaxis"]) whole[name].range = plot.layout[name].range;
  const scale = format === "png" ? 2 : 1;
  const file = {format, width: 1100, height: 850, scale, filename: "farflung"};
  return Plotly.downloadImage({data: [...traces(), ...legend()], layout: whole}, file);
}

// ---- what is said of it

// after a zoom the picture tells once more where the pointer was before
let pointer = {};
for (const moved of ["pointermove", "pointerdown"]) document.addEventListener(moved, (event) => (pointer = event), true);
const isThere = ({clientX, clientY}) => Math.hypot(clientX - pointer.clientX, clientY - pointer.clientY) < 3;

function showReadout(event) {
  if (!isThere(event.event)) return;
  const [value, level] = [event.xvals[0], event.yvals[0]];
  const near = nearest(value);
  const found = pointed(value, level);
  const lines = found.map(({one, isCertain, place}) => {
    const rows = one.rows[place] ?? [];
    const said = rows.map((row) => interval(row) + (errors(row) && ` <small>(error of the events ${errors(row)})</small>`)).join("<br>");
    const more = [isCertain ? "" : "in one treatment, not in all", treatments(one, place)].filter(Boolean).join("; ");
    return `<div class="one" data-name="${escaped(one.name)}" style="border-color: ${one.colour}">` +
      `<b>${escaped(one.title)}</b> <small>${about(one)}</small><br>` +
      `${said}${place === near ? "" : ` <small>at ${at(place)}</small>`}${more && `<br><small>${more}</small>`}</div>`;
  });
  const there = `${withUnit(number(value), x)}, ${withUnit(number(level), y)}`;
  readout.innerHTML = `${x.symbol} = ${at(near)} <small>(pointing at ${there})</small>` +
    (lines.join("") || "<br>excluded by nothing that is shown");
  readout.hidden = false;
  const {clientX, clientY} = event.event;
  const {width, height} = readout.getBoundingClientRect();
  readout.style.left = `${clientX + 18 + width < innerWidth ? clientX + 18 : Math.max(4, clientX - 18 - width)}px`;
  readout.style.top = `${Math.max(4, Math.min(clientY + 14, innerHeight - height - 6))}px`;
  mark(found.map(({one}) => one.name));
}

function mark(names) {
  for (const entry of document.querySelectorAll("#searches [data-name], #table [data-name]")) {
    entry.classList.toggle("pointed", names.includes(entry.dataset.name));
  }
}

function hideReadout() {
  readout.hidden = true;
  mark([]);
}

function showTable() {
  table.hidden = kept === null;
  if (kept === null) return;
  const reached = (one) => Math.min(...(one.rows[kept] ?? []).map((row) => row.low));
  const rows = onlyShown(searches).sort((a, b) => reached(a) - reached(b) || 0).map((one) => {
    const found = one.rows[kept] ?? [];
    const more = treatments(one, kept);
    const excluded = (found.map(interval).join("<br>") || "<small>nothing</small>") + (more && `<br><small>${more}</small>`);
    const cells = [swatch(one), escaped(one.detector), escaped(one.own), excluded,
      found.map(errors).join("<br>"), one.status, one.level];
    return `<tr data-name="${escaped(one.name)}">${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
  });
  const hasErrors = searches.some((one) => Object.values(one.rows).flat().some(errors));
  const heads = ["", "experiment", "search", `excluded ${y.symbol}`, hasErrors ? "error of the events at the ends" : "", "status", "CL"];
  const steps = [[-1, "‹"], [1, "›"], [0, "close"]].map(([step, text]) => `<button data-step="${step}">${text}</button>`);
  table.innerHTML = `<h2><span>${x.symbol} = ${at(kept)}</span>${steps.join("")}</h2>` +
    `<table><thead><tr>${heads.map((head) => `<th>${head}</th>`).join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function keep(place) {
  kept = place;
  showTable();
  draw();
}

table.addEventListener("click", ({target}) => {
  const step = Number(target.dataset.step);
  if (!Number.isNaN(step)) keep(step ? Math.min(Math.max(kept + step, 0), along.length - 1) : null);
});

// ---- what is shown

const dashes = (dash = "solid") => ({solid: "none", dash: "5 3", dot: "2 2", dashdot: "5 2 1 2"})[dash] ?? dash;

const look = (inside) => `<svg class="look" width="26" height="14">${inside}</svg>`;
const line = ({colour, dash}) => look(`<path d="M0 7H26" stroke="${colour}" stroke-width="2" stroke-dasharray="${dashes(dash)}"/>`);

function swatch({colour, fill, isHatched, isDotted, width, dash}) {
  const stroke = (from) => `<path d="M${from} 13l12 -12" stroke="${colour}" stroke-width="0.8"/>`;
  const dot = (cx) => [5, 9.5].map((cy) => `<circle cx="${cx}" cy="${cy}" r="0.9" fill="${colour}"/>`).join("");
  const inside = isHatched ? [-3, 3, 9, 15, 21].map(stroke) : isDotted ? [4, 10, 16, 22].map(dot) : [];
  return look(`<rect x="1.5" y="1.5" width="23" height="11" fill="${colour}" fill-opacity="${fill}"` +
    ` stroke="${colour}" stroke-width="${width}" stroke-dasharray="${dashes(dash)}"/>${inside.join("")}`);
}

function change(names) {
  shown.clear();
  names.forEach((name) => shown.add(name));
  fillPanel();
  showTable();
  hideReadout();
  draw();
}

function row(names, text, drawn, kind) {
  const entry = document.createElement("div");
  entry.className = kind;
  if (names.length === 1) entry.dataset.name = names[0];
  entry.innerHTML = `<label><input type="checkbox">${drawn}<span>${text}</span></label>` +
    '<button class="only" title="only this one">only</button>';
  const [box, only] = entry.querySelectorAll("input, button");
  const on = names.filter((name) => shown.has(name)).length;
  box.checked = on > 0;
  box.indeterminate = on > 0 && on < names.length;
  box.addEventListener("change", () => change(box.checked ? [...shown, ...names] : [...shown].filter((name) => !names.includes(name))));
  only.addEventListener("click", () => change(names));
  return entry;
}

function key(drawn, text) {
  const entry = document.createElement("div");
  entry.className = "key";
  entry.innerHTML = `${drawn}<span>${text}</span>`;
  return entry;
}

function fillPanel() {
  const tools = document.createElement("div");
  tools.className = "tools";
  const every = [...byName.keys(), ...curves.map((one) => one.name)];
  const actions = {all: () => change(every), none: () => change([]), "reset zoom": reset, PNG: () => save("png"), SVG: () => save("svg")};
  for (const [name, act] of Object.entries(actions)) {
    const button = document.createElement("button");
    button.textContent = name;
    button.addEventListener("click", act);
    tools.append(button);
  }
  panel.replaceChildren(tools);
  for (const [, own] of Map.groupBy(searches, (one) => one.group)) {
    const named = (one) => escaped(one.own + one.said) + (one.region.length || one.band.length ? "" : ": no reach");
    const heading = `<b>${escaped(own[0].detector)}</b>`;
    if (own.length === 1) panel.append(row([own[0].name], `${heading}, ${named(own[0])}`, swatch(own[0]), "all"));
    else panel.append(
      row(own.map((one) => one.name), heading, "", "all"),
      ...own.map((one) => row([one.name], named(one), swatch(one), "one")),
    );
  }
  for (const curve of curves) panel.append(row([curve.name], escaped(curve.name), line(curve), "all"));
  const grey = {colour: "#606060", fill: 0.16, width: 1.4};
  const differ = (property) => new Set(searches.map((one) => one[property])).size > 1;
  if (differ("isHatched")) {
    panel.append(key(swatch(grey), "decay seen"));
    panel.append(key(swatch({...grey, fill: 0.03, isHatched: true, dash: "dash"}), "nothing seen"));
  }
  if (differ("width")) {
    panel.append(key(swatch({...grey, fill: 0, width: 2.6}), "expected (projection)"));
    panel.append(key(swatch({...grey, fill: 0}), "excluded (result)"));
  }
  const dotted = {...grey, fill: 0, width: 1, dash: "dot", isDotted: true};
  if (searches.some((one) => one.band.length)) panel.append(key(swatch(dotted), "in one treatment, not in all"));
  if (spans.length) panel.append(key(swatch({colour: "#808080", fill: 0.22, width: 0}), "widths uncertain"));
}

fillPanel();
draw().then(() => {
  plot.on("plotly_hover", showReadout);
  plot.on("plotly_unhover", hideReadout);
  plot.on("plotly_click", (event) => keep(nearest(event.xvals[0])));
  plot.on("plotly_relayouting", hideReadout);
  plot.on("plotly_relayout", () => {
    hideReadout();
    draw();
  });
  plot.addEventListener("mouseleave", hideReadout);
  performance.mark("drawn");
  document.body.dataset.drawn = "yes";
});
