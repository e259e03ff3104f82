"""Figures 6 and 8: the three variables of the selection, two at a time."""

from collections.abc import Sequence

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from farflung.detectors.experiments.belle2_missing_energy import BackgroundSample, EventSelection, Observables
from farflung.lpp.units import NB_IN_INVERSE_AB
from farflung.scenarios.papers.check import Check
from farflung.scenarios.papers.exhibit import Panels
from farflung.scenarios.papers.ferber2022 import samples
from farflung.scenarios.papers.ferber2022.cuts import without
from farflung.scenarios.papers.ferber2022.distributions import BEFORE, LUMINOSITY, SHOWN_MASS, Axis, selected
from farflung.scenarios.papers.run import Run
from farflung.scenarios.papers.tables import Table, tidy

Array = NDArray[np.float64]

PLANES = (("angle_degrees", "pt"), ("mass_squared", "pt"), ("angle_degrees", "mass_squared"))
"""Horizontal and vertical variable of each panel."""

AROUND = (Axis("mass_squared", 20, 70, 15), Axis("angle_degrees", 120, 170, 15), Axis("pt", 1.4, 3.0, 15))
"""Ranges around the signal region."""

POINTS = 10_000
"""Generated signal events that are shown."""


def before_selection(run: Run) -> Panels:
    """Figure 6: all events with a kaon."""
    return _projections(run, BEFORE, {plane: _all for plane in PLANES})


def after_selection(run: Run) -> Panels:
    """Figure 8: events that pass the cuts on the variable that is not shown."""
    return _projections(run, AROUND, {plane: without(*plane) for plane in PLANES})


def projection_table(panels: Panels) -> Table:
    """Bins of the three planes in which there is something."""
    data = panels["projections"]
    return tidy({"projections": data.where(data.to_array().any("variable"))})


def compare_before(panels: Panels) -> tuple[Check, ...]:
    """What section 4.2 says of correlations, in words, beside correlation ratios."""
    data = panels["projections"]
    said = {
        ("signal", 0): "rather strong",
        ("misrec", 0): "strong",
        ("misrec", 2): "strong",
        ("background", 0): "strong",
        ("background", 1): "strong",
        ("background", 2): "strong",
    }
    checks = []
    for (kind, plane), paper in said.items():
        ratio = _correlation_ratio(data[kind].isel(plane=plane))
        checks.append(
            Check.shown(
                f"correlation ratio of {kind}, {data['plane'].values[plane]}", paper, f"{ratio:.2f}",
                "share of the spread of one variable that the other explains, as eta = sqrt(share); the paper gives no "
                "measure of its own",
            )
        )  # fmt: skip
    return tuple(checks)


def compare_after(panels: Panels) -> tuple[Check, ...]:
    """The caption: no misreconstructed events are left."""
    left = panels["selected"]["per_10_million"] / 1e7 * POINTS
    signal, misrec = (float(left.sel(sample=name)) for name in ("signal", "misrec"))
    background = panels["projections"]["background"]
    ranges = ", ".join(f"{float(background.isel(plane=i).sum()):.1e}" for i in range(len(PLANES)))
    return (
        Check.shown("signal events of 10,000 in the region", "1022", f"{signal:.3g}", "judged in table 1"),
        Check.shown(
            "misreconstructed events of 10,000 in the region", "none", f"{misrec:.2g}", "judged in table 1"
        ),
        Check.shown(
            "background events at 50 / ab that the panels show", "different in each panel", ranges,
            "cuts on the third variable alone", leading=False,
        ),
    )  # fmt: skip


def _correlation_ratio(counts: xr.DataArray) -> float:
    """Square root of the share of the variance of either variable that the other explains, the larger of the two."""
    table = counts.transpose("x_bin", "y_bin").values
    found = []
    for joint in (table, table.T):
        values, marginal = np.arange(joint.shape[1]), joint.sum(axis=1)
        means = joint @ values / np.where(marginal > 0, marginal, 1.0)
        mean = np.average(values, weights=joint.sum(axis=0))
        explained = np.average((means - mean) ** 2, weights=marginal)
        found.append(explained / np.average((values - mean) ** 2, weights=joint.sum(axis=0)))
    return float(np.sqrt(max(found)))


def _projections(run: Run, axes: Sequence[Axis], selections: dict[tuple[str, str], EventSelection]) -> Panels:
    by_name = {axis.variable: axis for axis in axes}
    sample, backgrounds = run.once(samples.signal, SHOWN_MASS), run.once(samples.pairs)
    size = axes[0].bins
    events = np.zeros((len(PLANES), 3, size, size))
    edges = np.empty((4, len(PLANES), size))
    points, origins, planes = [], [], []
    for i, plane in enumerate(PLANES):
        horizontal, vertical = (by_name[name] for name in plane)
        edges[:, i] = horizontal.edges[:-1], horizontal.edges[1:], vertical.edges[:-1], vertical.edges[1:]
        kept = sample.kept(selections[plane])
        for j, mask in enumerate((kept & sample.from_signal, kept & ~sample.from_signal)):
            events[i, j] = POINTS / len(sample) * _counts(sample.observables[mask], (horizontal, vertical))
            shown = np.flatnonzero(mask[:POINTS])
            points.append(np.stack([getattr(sample.observables, name)[shown] for name in plane], axis=1))
            origins += [("signal", "misrec")[j]] * len(shown)
            planes += [i] * len(shown)
        events[i, 2] = sum(
            _background(background, (horizontal, vertical), selections[plane]) for background in backgrounds
        )
    data = xr.Dataset(
        {
            name: (("plane", "x_bin", "y_bin"), events[:, j])
            for j, name in enumerate(("signal", "misrec", "background"))
        },
        coords={
            "plane": [" against ".join(reversed(plane)) for plane in PLANES],
            **{
                name: (("plane", f"{name[0]}_bin"), edges[k])
                for k, name in enumerate(("x_low", "x_high", "y_low", "y_high"))
            },
        },
        attrs={"luminosity": LUMINOSITY, "signal_events": POINTS},
    )
    x, y = np.concatenate(points).T
    drawn = xr.Dataset({"x": ("event", x), "y": ("event", y), "plane": ("event", planes), "origin": ("event", origins)})
    return {"projections": data, "points": drawn, "selected": selected(sample, backgrounds)}


def _counts(observables: Observables, axes: tuple[Axis, Axis], weight: Array | None = None) -> Array:
    x, y = (getattr(observables, axis.variable) for axis in axes)
    counts, _, _ = np.histogram2d(x, y, bins=[axes[0].edges, axes[1].edges], weights=weight)
    return np.asarray(counts)


def _background(sample: BackgroundSample, axes: tuple[Axis, Axis], selection: EventSelection) -> Array:
    """Events (x, y) at `LUMINOSITY`."""
    kept = _all(sample.observables) & selection(sample.observables)
    scale = sample.cross_section * NB_IN_INVERSE_AB * LUMINOSITY
    return scale * _counts(sample.observables[kept], axes, sample.weight[kept])


def _all(events: Observables) -> NDArray[np.bool_]:
    return events.pt > 0
