// A detector in 3-D, and decays in it that move with the lifetime. Axes of the picture are z, x, y of the detector.
"use strict";

const {scene, kinds = [], shares = [], ctau = [], couplings = null, start = 0} = farflung.data;
const byId = (id) => document.getElementById(id);
const boxes = (what) => [...document.querySelectorAll(`input[data-${what}]`)];
// By its number: kinds stand in the table in the order of the searches, which is not their own.
const isChecked = (what, number) => document.querySelector(`input[data-${what}="${number}"]`).checked;
const cut = byId("cut");
let step = start;

// Numbers come packed: single precision in base 64.
function unpacked(text) {
  return new Float32Array(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);
}

// Every width-th number from the first on: one coordinate of many points.
function column(numbers, first, width = 3) {
  return Array.from({length: numbers.length / width}, (_, row) => numbers[width * row + first]);
}

function isKept(z, x, y) {
  return !cut.checked || ([z, x, y][scene.cut.axis] - scene.cut.at) * scene.cut.keep >= 0;
}

// ---- solids ---------------------------------------------------------------------------------------------------------

for (const solid of scene.solids) {
  for (const form of [solid.whole, solid.cut].filter(Boolean)) {
    for (const name of Object.keys(form)) form[name] = unpacked(form[name]);
  }
}

function solidTraces() {
  return scene.solids.flatMap((solid, order) => {
    const form = cut.checked ? solid.cut : solid.whole;
    const visible = Boolean(form) && isChecked("solid", order);
    const {vertices = [], faces = [], edges = []} = form || {};
    const broken = (axis) => column(edges, axis).flatMap((end, number) => (number % 2 ? [end, null] : [end]));
    return [
      {
        type: "mesh3d", name: solid.name, visible, hoverinfo: "skip", color: solid.colour, flatshading: true,
        opacity: solid.envelope ? 0.04 : cut.checked ? 0.22 : 0.14, lighting: {ambient: 0.75, diffuse: 0.5, specular: 0.05, fresnel: 0.1},
        x: column(vertices, 0), y: column(vertices, 1), z: column(vertices, 2),
        i: column(faces, 0), j: column(faces, 1), k: column(faces, 2),
      },
      {
        type: "scatter3d", mode: "lines", name: solid.name, visible, hoverinfo: "skip",
        line: {color: solid.envelope ? "#335" : "#777", width: 1.5}, x: broken(0), y: broken(1), z: broken(2),
      },
    ];
  });
}

// ---- the beam, and where particles start ----------------------------------------------------------------------------

function beamTraces() {
  const fixed = {type: "scatter3d", hoverinfo: "text", showlegend: false};
  const traces = [{
    ...fixed, mode: "lines", text: "beam axis", line: {color: "#222", width: 2, dash: "longdashdot"},
    x: [scene.low[0], scene.high[0]], y: [0, 0], z: [0, 0],
  }];
  if (scene.starts) {
    const [x, y, z] = [0, 1, 2].map((axis) => scene.starts.map((place) => place[axis]));
    traces.push({
      ...fixed, mode: "lines+markers", text: "where particles start", x, y, z,
      line: {color: "#000", width: 5}, marker: {color: "#000", size: 4, symbol: "cross"},
    });
  }
  return traces;
}

// ---- decays ---------------------------------------------------------------------------------------------------------

for (const kind of kinds) kind.stretches = unpacked(kind.stretches);

// Points of one kind at a lifetime, each of which stands for the same share of decays. Two numbers that belong to a
// stretch (a sequence that fills the square evenly) say where on it the decay is, and how likely the stretch must be.
function decays(kind, lifetime) {
  const s = kind.stretches, count = s.length / 9, chance = new Float64Array(count);
  let sum = 0, most = 0;
  for (let n = 0; n < count; n++) {
    chance[n] = -s[9 * n + 8] * Math.exp(-s[9 * n + 6] / lifetime) * Math.expm1(-s[9 * n + 7] / lifetime);
    sum += chance[n];
    most = Math.max(most, chance[n]);
  }
  const unit = Math.max(most, sum / kind.counts[step]);
  const [x, y, z] = [[], [], []];
  for (let n = 0; n < count; n++) {
    const depth = ((n + 1) * 0.7548776662466927) % 1, threshold = ((n + 1) * 0.5698402909980532) % 1;
    if (!(chance[n] > threshold * unit)) continue;
    const length = s[9 * n + 7];
    const part = -Math.log1p(depth * Math.expm1(-length / lifetime)) * lifetime / length;
    const place = [0, 1, 2].map((axis) => s[9 * n + axis] + part * (s[9 * n + 3 + axis] - s[9 * n + axis]));
    if (!isKept(...place)) continue;
    x.push(place[0]);
    y.push(place[1]);
    z.push(place[2]);
  }
  return {x, y, z};
}

function decayTraces() {
  return kinds.map((kind, order) => {
    const {x, y, z} = decays(kind, ctau[step]);
    return {
      type: "scatter3d", mode: "markers", name: kind.name, hoverinfo: "skip", x, y, z,
      visible: isChecked("kind", order),
      marker: {color: kind.colour, size: kind.faint ? 1.7 : 2.4, line: {width: 0}},
    };
  });
}

// ---- the picture ----------------------------------------------------------------------------------------------------

const axis = (name, index) => ({
  title: {text: `${name} [m]`}, range: [scene.low[index], scene.high[index]], autorange: false,
  nticks: Math.max(3, Math.round(7 * scene.aspect[index])),
  backgroundcolor: "#fff", showbackground: false, gridcolor: "#ddd", zeroline: false, color: "#444", showspikes: false,
});
const eye = scene.cut.axis === 2 ? {x: -0.5, y: -1.0, z: 1.2} : {x: -0.55, y: -1.35, z: 0.6};
// The picture is as large as there is room, in narrow windows too.
const room = byId("scene").getBoundingClientRect();
const size = 1.32 / Math.hypot(...scene.aspect) * Math.min(1, 1.05 * room.width / room.height);
const label = (scene.starts || []).slice(0, 1).map(([x, y, z]) => ({
  x, y, z, text: scene.startText, ax: 0, ay: 60, arrowcolor: "#444", arrowwidth: 1, arrowhead: 2, xanchor: "left", font: {size: 12},
  bgcolor: "rgba(255,255,255,0.8)",
}));
const layout = {
  margin: {l: 0, r: 0, t: 0, b: 0}, showlegend: false, uirevision: "kept",
  scene: {
    xaxis: axis("z", 0), yaxis: axis("x", 1), zaxis: axis("y", 2), aspectmode: "manual",
    aspectratio: {x: size * scene.aspect[0], y: size * scene.aspect[1], z: size * scene.aspect[2]}, annotations: label,
    camera: {eye, center: {x: 0, y: 0, z: -0.1}, up: {x: 0, y: 0, z: 1}, projection: {type: "perspective"}},
  },
};
const settings = {responsive: true, displaylogo: false, modeBarButtonsToRemove: ["tableRotation", "resetCameraLastSave3d"]};
const first = 2 * scene.solids.length + beamTraces().length;

function drawAll() {
  return Plotly.react("scene", [...solidTraces(), ...beamTraces(), ...decayTraces()], layout, settings);
}

function moveDecays() {
  const traces = decayTraces(), all = (name) => traces.map((trace) => trace[name]);
  return Plotly.restyle("scene", {x: all("x"), y: all("y"), z: all("z")}, traces.map((_, order) => first + order));
}

// ---- sliders, numbers and curves ------------------------------------------------------------------------------------

function tell() {
  const said = {ctau: `${ctau[step]} m`, coupling: couplings && couplings[step]};
  for (const name of ["ctau", "coupling"].filter(byId)) {
    byId(name).value = name === "ctau" ? step : ctau.length - 1 - step;
    byId(name).setAttribute("aria-valuetext", said[name]);
    byId(`${name}-text`).textContent = said[name];
  }
  for (const cell of document.querySelectorAll("[data-share]")) {
    const row = shares[cell.dataset.share];
    const notes = row.place ? [`by place alone ${row.place[step]}`] : [];
    const ownsDots = shares.findIndex((other) => other.kind === row.kind) === Number(cell.dataset.share);
    if (row.kind !== null && ownsDots) notes.push(kinds[row.kind].beyond[step]);
    cell.querySelector("span").textContent = row.texts[step];
    cell.querySelector("small").innerText = notes.filter(Boolean).join("\n");
  }
}

function drawCurves() {
  const values = shares.flatMap((row) => row.values.filter(Boolean));
  const top = Math.ceil(Math.log10(Math.max(...values, 1e-300)) + 0.05);
  const lowest = Math.floor(Math.log10(Math.min(...values, 1)));
  const dashes = ["solid", "dash", "dot", "dashdot"];
  const traces = shares.map((row) => ({
    type: "scatter", mode: "lines", name: row.name, x: ctau, y: row.values,
    line: {
      color: row.kind === null ? "#000" : kinds[row.kind].colour,
      dash: dashes[shares.filter((other) => other.kind === row.kind).indexOf(row) % dashes.length],
    },
    hovertemplate: "%{y:.3g} at %{x:g} m",
  }));
  const log = {type: "log", exponentformat: "power", showexponent: "all", dtick: 1, gridcolor: "#eee", color: "#444"};
  return Plotly.newPlot("curves", traces, {
    margin: {l: 50, r: 8, t: 6, b: 38}, showlegend: false,
    xaxis: {...log, title: {text: "cτ [m]", standoff: 4}, fixedrange: true},
    yaxis: {...log, dtick: Math.ceil(Math.min(top - lowest, 8) / 5), range: [Math.max(lowest, top - 8), top], fixedrange: true},
    shapes: [{type: "line", yref: "paper", y0: 0, y1: 1, x0: ctau[step], x1: ctau[step], line: {color: "#222", width: 1}}],
  }, {responsive: true, displayModeBar: false}).then((plot) => {
    plot.on("plotly_click", (click) => moveTo(click.points[0].pointIndex));
  });
}

let waiting = false;

// The numbers change at once, the picture with the next frame that the browser draws.
function moveTo(number) {
  step = number;
  tell();
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    moveDecays();
    Plotly.relayout("curves", {"shapes[0].x0": ctau[step], "shapes[0].x1": ctau[step]});
  });
}

byId("ctau")?.addEventListener("input", (event) => moveTo(Number(event.target.value)));
byId("coupling")?.addEventListener("input", (event) => moveTo(ctau.length - 1 - Number(event.target.value)));
for (const box of [cut, ...boxes("solid"), ...boxes("kind")]) box.addEventListener("change", drawAll);

if (ctau.length) {
  tell();
  drawCurves();
}
drawAll().then(() => {
  document.body.dataset.drawn = "";
  performance.mark("drawn");
});
