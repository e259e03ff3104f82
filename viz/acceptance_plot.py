"""The probability that a decay is seen, against how far particles fly."""

from collections.abc import Mapping, Sequence
from typing import cast

import numpy as np
import xarray as xr
from matplotlib.axes import Axes

from farflung.scenarios import ScenarioError
from farflung.viz.frame import SIZE, fit_upright
from farflung.viz.legends import legend_above
from farflung.viz.model_lines import LINES, WIDTH
from farflung.viz.search_styles import HUES
from farflung.viz.sizes import Sizes, dress
from farflung.viz.style import new_axes

_DEPTH = 1e-6
"""What lies below this part of the highest probability is not shown."""


def plot_acceptance(
    tables: xr.Dataset | Sequence[xr.Dataset] | Mapping[str, xr.Dataset], ax: Axes | None = None, *, sigmas: float = 1.0
) -> Axes:
    """Draw acceptances against proper decay length, with bands of their statistical errors.

    Parameters
    ----------
    tables
        What `farflung.scenarios.acceptance_table` returns for a detector, or those of several, which may have names of
        their own: ``{"early run": ..., "late run": ...}``.
    ax
        Axes to draw on; by default those of a new figure.
    sigmas
        Half the width of the bands in standard deviations.

    Returns
    -------
    matplotlib.axes.Axes
        Each detector has a colour, each of its searches a line.

    Raises
    ------
    ScenarioError
        If there is no table, they are of different models or masses, one has fewer than two lifetimes, or all
        probabilities are zero.
    """
    if not sigmas >= 0:
        raise ScenarioError(f"sigmas = {sigmas} must be a number of standard deviations, 0 or more")
    named = _named(tables)
    axes = new_axes(ax, SIZE)
    sizes = Sizes.of(axes)
    axes.set(xscale="log", yscale="log")
    highest, lowest, entries = 0.0, np.inf, []
    for (label, table), colour in zip(named, HUES, strict=False):
        ctau = table["ctau"].values
        for i, line in zip(range(table.sizes["search"]), LINES * table.sizes["search"], strict=False):
            here = table.isel(search=i)
            mean, error = here["probability"].values, here["error"].values
            if not (mean > 0).any():
                continue
            positive = np.where(mean > 0, mean, np.nan)
            name = str(here["search"].values)
            title = str(here["search_title"].values) if "search_title" in here.coords else name
            entries += axes.plot(
                ctau, positive, color=colour, linestyle=line, linewidth=WIDTH * sizes.lines,
                label=f"{label}: {name}" if label else title,
            )  # fmt: skip
            # where the error is as large as the value, the band ends at the lower edge of the picture
            low, high = np.maximum(mean - sigmas * error, 1e-300), mean + sigmas * error
            known = np.isfinite(high)
            axes.fill_between(ctau, low, high, where=known, color=colour, alpha=0.25, linewidth=0)
            highest, lowest = max(highest, mean.max()), min(lowest, mean[mean > 0].min())
    if not entries:
        raise ScenarioError("all probabilities are zero or unknown, so there is nothing to draw")
    first = named[0][1]
    axes.set_xlim(min(t["ctau"].values.min() for _, t in named), max(t["ctau"].values.max() for _, t in named))
    axes.set_ylim(10 ** np.floor(np.log10(max(lowest, _DEPTH * highest))), min(1.5, 3 * highest))
    dress(axes, sizes, r"proper decay length $c\tau$  [m]", "probability of a decay that counts")
    title = f"{first.attrs.get('model_title', first.attrs['model'])}, {first.attrs['mass']}"
    legend_above(axes, entries, sizes, title, columns=3)
    fit_upright(axes)
    return axes


def _named(tables: xr.Dataset | Sequence[xr.Dataset] | Mapping[str, xr.Dataset]) -> list[tuple[str, xr.Dataset]]:
    """The tables with the names that they were given."""
    named: list[tuple[str, xr.Dataset]] = []
    if isinstance(tables, xr.Dataset):
        named = [("", tables)]
    elif isinstance(tables, Mapping):
        named = list(cast(Mapping[str, xr.Dataset], tables).items())  # a dataset is a mapping too
    elif isinstance(tables, Sequence):
        named = [("", table) for table in tables]
    else:
        raise ScenarioError("tables must be what farflung.scenarios.acceptance_table returns, or several of those")
    if not 0 < len(named) <= len(HUES):
        raise ScenarioError(f"tables = {len(named)} of them; a picture shows at least one and at most {len(HUES)}")
    for _, table in named:
        if not isinstance(table, xr.Dataset) or "probability" not in table:
            raise ScenarioError("tables must be what farflung.scenarios.acceptance_table returns")
        if table.sizes["ctau"] < 2:
            raise ScenarioError(f"a picture of the acceptance needs at least two lifetimes, got {table.sizes['ctau']}")
    shown = {(table.attrs["model"], table.attrs["mass"]) for _, table in named}
    if len(shown) > 1:
        said = " and ".join(sorted(f"{model} of {mass}" for model, mass in shown))
        raise ScenarioError(f"tables are of {said}; a picture shows one model and one mass")
    return named
