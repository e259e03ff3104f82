"""The plane of lifetime and branching ratio: what searches exclude of a particle of which nothing else is known."""

from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np
import xarray as xr
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from farflung.scenarios import ScenarioError
from farflung.scenarios.sweeps.lifetime_plane import ANY
from farflung.scenarios.sweeps.statistics import notes_of
from farflung.viz.frame import fit_upright
from farflung.viz.labels import Label
from farflung.viz.legend_place import place_legend
from farflung.viz.metadata import remember
from farflung.viz.names import Name, write_names
from farflung.viz.overlay import pieces
from farflung.viz.particle_text import process_words, state_words
from farflung.viz.search_styles import GREY, THIN, SearchStyle, key_to, marked_expected, search_styles
from farflung.viz.sizes import Sizes, dress
from farflung.viz.style import footnotes, new_axes, readable

_MANY = 3
"""With more curves than these, names are written beside them."""

_FURTHER = ("dashdot", "dotted")
"""Lines of further searches of the same detector and kind."""


def plot_plane(plane: xr.Dataset, ax: Axes | None = None) -> Axes:
    """Draw the branching ratio that each search excludes, against the proper decay length.

    Parameters
    ----------
    plane
        What `farflung.scenarios.lifetime_plane` returns, with at least two lifetimes.
    ax
        Axes to draw on; by default those of a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        The axes: above each line the search excludes the product of the branching ratios that its name names.

    Raises
    ------
    ScenarioError
        If there are fewer than two lifetimes, or no search has a limit below 1.
    """
    ctau = plane["ctau"].values
    if len(ctau) < 2:
        raise ScenarioError(f"a picture of the plane needs at least two lifetimes, got {len(ctau)}")
    limits = plane["limit"].where(plane["limit"] <= 1)
    if limits.isnull().all():
        raise ScenarioError("no search has a limit on the branching ratio below 1, so there is nothing to draw")
    axes = new_axes(ax, (8.0, 5.6))
    sizes = Sizes.of(axes)
    remember(axes, plane.attrs)
    axes.set(xscale="log", yscale="log", xlim=(ctau[0], ctau[-1]))
    lowest = float(limits.min())
    highest = min(1.0, float(limits.max()) * 3)
    searches = [str(name) for name in plane["search"].values if limits.sel(search=name).notnull().any()]
    many = len(searches) > _MANY
    told = set() if many else marked_expected(plane)  # a key has it of many
    styles = search_styles(plane, _remarks(plane, searches, told))
    drawn: Counter[tuple[str, str]] = Counter()
    names: list[Name] = []
    for name in searches:
        values, style = limits.sel(search=name).values, styles[name]
        # further searches of one detector in lines of their own
        line = (style.line, *_FURTHER)[min(drawn[style.colour, style.line], len(_FURTHER))]
        drawn[style.colour, style.line] += 1
        width = style.width * sizes.lines
        (curve,) = axes.plot(ctau, values, color=style.colour, linestyle=line, linewidth=width, label=style.title)
        brief = Line2D([], [], color=style.colour, linewidth=width, label=style.detector or style.title)
        label = Label(style.texts, pieces(ctau, values), readable(style.colour), 0.0, style.short)
        names.append(Name(label, curve, brief))
    axes.set_ylim(10 ** np.floor(np.log10(lowest)), highest)
    title = f"{process_words(plane.attrs['process'])} X with a mass of {plane.attrs['mass']}"
    dress(axes, sizes, "proper decay length cτ  [m]", "branching ratio, excluded above the line", title)
    if ax is None:
        footnotes(axes, notes_of(plane), sizes.notes)
    if many:
        write_names(
            axes,
            names,
            _key([styles[name] for name in searches], sizes),
            sizes,
            taken=0.0,
            legend=True,
            grow=ax is None,
        )
    else:
        lines = [name.entry for name in names]
        place_legend(axes, lines, [name.label.region for name in names], sizes, grow=ax is None)
    fit_upright(axes)
    return axes


def _remarks(plane: xr.Dataset, searches: Sequence[str], told: Collection[str]) -> dict[str, str]:
    """What the name of each search says of it: whose branching ratio is in the product, and whether it is expected."""
    states = {name: str(plane["final_state"].sel(search=name).values) for name in searches}
    said = {
        name: ([f"X → {state_words(state)}"] if state != ANY else []) + (["expected"] if name in told else [])
        for name, state in states.items()
    }
    return {name: ", ".join(remarks) for name, remarks in said.items() if remarks}


def _key(styles: Sequence[SearchStyle], sizes: Sizes) -> list[Artist]:
    """Entries of a legend that tell the lines of one detector apart, as far as there are different ones."""
    entries: list[Artist] = []
    if len({style.hatched for style in styles}) > 1:
        entries.append(
            Line2D([], [], color=GREY, linestyle="dashed", linewidth=THIN * sizes.lines, label="nothing seen")
        )
    return entries + [entry for entry in key_to(styles, sizes.lines) if isinstance(entry, Line2D)]
