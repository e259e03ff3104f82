"""Every kind of picture beside a stored one, by pytest-mpl.

Inputs are made up or take a fraction of a second, so that what differs is the drawing. The seed of flights is fixed;
rounding moves their dots by far less than a pixel. Letters are matplotlib's own DejaVu, whatever the machine has.
To store new pictures, after looking at why they differ:

    pytest tests/viz/test_images.py --mpl-generate-path=tests/viz/pictures
"""

from collections.abc import Callable
from typing import Any

import matplotlib
import numpy as np
import pytest
import xarray as xr
from matplotlib.figure import Figure

import farflung.viz
from farflung.detectors import BelleII, Detector, Search
from farflung.geometry import ConvexPolyhedron
from farflung.scenarios import Reach
from farflung.scenarios.papers import Run, find_paper
from farflung.viz import (
    plot_acceptance,
    plot_branching_ratios,
    plot_decays,
    plot_decays_3d,
    plot_detector,
    plot_detector_3d,
    plot_events,
    plot_flights,
    plot_lifetimes,
    plot_plane,
    plot_production,
    plot_reach,
)
from farflung.viz.papers import draw

TOLERANCE = 2.0
"""Root mean square of the differences of grey levels, of 255.

Drawn again it is 0. A name that is missing in the largest picture makes 3.5, a label of an axis 4, another colour 10 to
27, a blue a little darker 2.6, a legend elsewhere 16.
"""

MATPLOTLIB = "3.11"
"""Version that drew the stored pictures, which the extra `test` brings: others set letters elsewhere."""

COLUMN, PAGE, SLIDE = (3.4, 2.7), (7.0, 5.0), (10.0, 5.6)

MASSES = np.unique([*np.geomspace(0.02, 4, 24), *(m * (1 + s) for m in (0.1, 0.3, 1.0) for s in (-1e-6, 1e-6))])
COUPLINGS = np.geomspace(1e-6, 1, 121)


def jumping(x, y):
    """Reaches 1e-4 above 0.3 GeV and 1e-2 below."""
    return 2 * (y - np.where(x > 0.3, -4.0, -2.0))


def window(x, y):
    """From 0.1 to 1 GeV, couplings from 1e-3 to 1e-2."""
    return np.where((x > 0.1) & (x < 1), 4 * (0.5 - np.abs(y + 2.5)), -300.0)


def island(low, high, y0):
    """An ellipse in the logarithms."""
    x0, half = np.log10(low * high) / 2, np.log10(high / low) / 2
    return lambda x, y: 3 * (1 - ((np.log10(x) - x0) / half) ** 2 - (y - y0) ** 2)


PAIR = {"belle2:displaced": ("projection", jumping), "na62:invisible": ("result", window)}
MANY = {
    **PAIR,
    "charm:decays": ("result", island(0.02, 0.2, -3.0)),
    "nucal:decays": ("result", island(0.03, 0.8, -4.0)),
    "belle2:invisible": ("projection", island(0.3, 3.0, -2.5)),
}


def made_up(searches: dict[str, Any], *, doubtful: bool = False) -> Reach:
    """A reach from ``{"detector:search": (status, log10 of events over the limit at mass, coupling)}``."""
    x, y = np.meshgrid(MASSES, np.log10(COUPLINGS), indexing="ij")
    with np.errstate(over="ignore", under="ignore"):
        events = [10.0 ** np.clip(excess(x, y), -300, 300) for _, excess in searches.values()]
    variables = {
        "events": (("search", "mass", "coupling"), events),
        "limit": (("search", "mass"), np.ones((len(searches), len(MASSES)))),
        "unreliable": ("mass", ((doubtful & (MASSES > 1) & (MASSES < 1.5)).astype(np.int8))),
    }
    titles = [name.split(":")[0].upper() for name in searches]
    return Reach(
        xr.Dataset(
            variables,
            coords={
                "search": list(searches),
                "search_title": ("search", [f"{a}, {b.split(':')[1]}" for a, b in zip(titles, searches, strict=True)]),
                "detector_title": ("search", titles),
                "decays": ("search", ["outside" if "invisible" in name else "inside" for name in searches]),
                "status": ("search", [status for status, _ in searches.values()]),
                "mass": ("mass", MASSES, {"units": "GeV"}),
                "coupling": ("coupling", COUPLINGS, {"units": "TeV^-1", "long_name": "c_ff/f_a"}),
            },
            attrs={"model": "made-up", "model_title": "A made-up particle", "confidence_levels": "0.9"},
        )
    )


def banded() -> Reach:
    """Two treatments that differ above 1 GeV by a factor of three in the coupling."""
    data = made_up({"belle2:displaced": ("projection", jumping)}, doubtful=True).data
    shift = np.where(data["mass"] > 1, 6, 0)  # of 20 points per power of ten, with two powers in the excess
    moved = np.stack([np.roll(data["events"].values[0, i], step, axis=-1) for i, step in enumerate(shift)])
    other = data["events"].copy(data=moved[None])
    return Reach(
        data.assign(
            other_events=other.expand_dims("treatment"), other_limit=data["limit"].expand_dims("treatment"),
            other_unreliable=data["unreliable"].expand_dims("treatment"),
        ).assign_coords(treatment=["other"])
    )  # fmt: skip


def plane(count: int) -> xr.Dataset:
    """Limits that rise towards short and long lifetimes."""
    ctau = np.geomspace(1e-3, 1e3, 40)
    names = ["belle2:displaced", "belle2:invisible", "lhcb:displaced", "babar:prompt", "belle:prompt"][:count]
    shapes = [1e-8 * (ctau + 1 / ctau), np.full(40, 1e-5), 1e-7 * (ctau + 0.1 / ctau), 1e-5 * (1 + ctau), 1e-6 + ctau]
    titles = [name.split(":")[0].upper() for name in names]
    return xr.Dataset(
        {"limit": (("search", "ctau"), shapes[:count])},
        coords={
            "search": names,
            "search_title": ("search", [f"{a}, {b.split(':')[1]}" for a, b in zip(titles, names, strict=True)]),
            "detector_title": ("search", titles),
            "decays": ("search", ["outside" if "invisible" in name else "inside" for name in names]),
            "status": ("search", ["projection" if "belle2" in name else "result" for name in names]),
            "final_state": ("search", ["ee", "any", "mumu", "gammagamma", "gammagamma"][:count]),
            "ctau": ctau,
        },
        attrs={"process": "B+ -> K+", "mass": "0.3 GeV", "confidence_levels": ", ".join(["0.9"] * count)},
    )


def tables() -> list[xr.Dataset]:
    """Acceptances of two detectors, one with a large error."""
    ctau = np.geomspace(1e-3, 1e3, 40)
    found = []
    for detector, length, error in (("near", 0.1, 0.02), ("far", 10.0, 0.4)):
        near = np.exp(-length / ctau / 10) * -np.expm1(-length / ctau)
        values = np.stack([near, np.exp(-length / ctau)])
        found.append(
            xr.Dataset(
                {"probability": (("search", "ctau"), values), "error": (("search", "ctau"), error * values)},
                coords={
                    "search": ["seen", "missed"],
                    "search_title": ("search", [f"{detector}, seen", f"{detector}, missed"]),
                    "ctau": ctau,
                },
                attrs={"model": "made-up", "model_title": "A made-up particle", "mass": "0.3 GeV"},
            )
        )
    return found


class Box(Detector):
    """A box beside Belle II."""

    name, title = "box", "Box"

    def __init__(self) -> None:
        search = Search("displaced", "in the box", "inside", "box")
        super().__init__(BelleII().source, {"box": ConvexPolyhedron.box((4, 10), (-3, 3), (-2, 6))}, [search])


GRID = np.geomspace(0.05, 4, 60)
CURVE = ([0.05, 0.1, np.nan, 1.0, 2.0], [1e-3, 1e-3, np.nan, 1e-2, 1e-1])
FEW = {"n": 400}
ALP = ("alp-fermion", 0.3, 0.5)

PICTURES: dict[str, tuple[tuple[float, float], Callable[[Any], object]]] = {
    "reach-column": (COLUMN, lambda ax: plot_reach(made_up(PAIR), ax)),
    "reach-page": (PAGE, lambda ax: plot_reach(made_up(PAIR), ax)),
    "reach-slide": (SLIDE, lambda ax: plot_reach(made_up(PAIR), ax)),
    "reach-many-column": (COLUMN, lambda ax: plot_reach(made_up(MANY), ax)),
    "reach-many-page": (PAGE, lambda ax: plot_reach(made_up(MANY), ax)),
    "reach-overlay": (PAGE, lambda ax: plot_reach(made_up(PAIR), ax, overlay={"a paper": CURVE}, strip=False)),
    "reach-band": (COLUMN, lambda ax: plot_reach(banded(), ax)),
    "plane": (COLUMN, lambda ax: plot_plane(plane(2), ax)),
    "plane-many-column": (COLUMN, lambda ax: plot_plane(plane(5), ax)),
    "plane-many-page": (PAGE, lambda ax: plot_plane(plane(5), ax)),
    "detector": (PAGE, lambda ax: plot_detector("belle2", ax)),
    "detector-across": (COLUMN, lambda ax: plot_detector("belle2", ax, view="x-y")),
    "detector-along": (COLUMN, lambda ax: plot_detector("belle2", ax, view="x-z")),
    "detector-beside": (COLUMN, lambda ax: plot_detector("belle2", ax, view="y-z")),
    "detector-broken": (PAGE, lambda ax: plot_detector("charm", ax)),
    "detector-several": (COLUMN, lambda ax: plot_detector(["belle2", Box()], ax)),
    "detector-3d": ((5.0, 4.0), lambda ax: plot_detector_3d("belle2", ax)),
    "decays": (PAGE, lambda ax: plot_decays("belle2", *ALP, ax, **FEW)),
    "decays-several": (COLUMN, lambda ax: plot_decays(["belle2", Box()], *ALP, ax, **FEW)),
    "decays-3d": ((5.0, 4.0), lambda ax: plot_decays_3d("belle2", *ALP, ax, **FEW)),
    "acceptance": (COLUMN, lambda ax: plot_acceptance(tables(), ax)),
    "branching-ratios": (COLUMN, lambda ax: plot_branching_ratios("dark-scalar", ax, masses=GRID)),
    "lifetimes": (COLUMN, lambda ax: plot_lifetimes(["dark-scalar", "alp-photon"], ax, masses=GRID, coupling=1e-3)),
    "production": (COLUMN, lambda ax: plot_production("dark-scalar", ax, masses=GRID, coupling=1e-3)),
    "events": (COLUMN, lambda ax: plot_events(made_up(PAIR), "belle2:displaced", ax)),
    "flights": (COLUMN, lambda ax: plot_flights("belle2", "alp-fermion", 0.3, ax, n=4000)),
}


def axes_for(name: str, size: tuple[float, float]) -> Any:
    projection = "3d" if name.endswith("3d") else None
    return Figure(figsize=size, layout=None if projection else "constrained").add_subplot(projection=projection)


def compared(test):
    """Compare what a test returns with the picture of its name, as matplotlib draws it where nobody set anything."""
    known = matplotlib.__version__.startswith(MATPLOTLIB)
    test = pytest.mark.skipif(not known, reason=f"pictures are of matplotlib {MATPLOTLIB}")(test)
    return pytest.mark.mpl_image_compare(
        baseline_dir="pictures", tolerance=TOLERANCE, style="default", savefig_kwargs={"dpi": 60}
    )(test)


@pytest.mark.parametrize("name", PICTURES)
@compared
def test_picture(name):
    size, plot = PICTURES[name]
    axes = axes_for(name, size)
    plot(axes)
    return axes.get_figure()


@pytest.mark.parametrize("exhibit", ["fig1", "fig2", "fig9"])
@compared
def test_paper(exhibit):
    panels = find_paper("ferber2022").exhibits[exhibit].compute(Run())
    return draw("ferber2022", exhibit, panels)[0].get_figure()


ONE_OF_EACH = {
    "plot_acceptance": "acceptance",
    "plot_branching_ratios": "branching-ratios",
    "plot_decays": "decays",
    "plot_decays_3d": "decays-3d",
    "plot_detector": "detector",
    "plot_detector_3d": "detector-3d",
    "plot_events": "events",
    "plot_flights": "flights",
    "plot_lifetimes": "lifetimes",
    "plot_plane": "plane",
    "plot_production": "production",
    "plot_reach": "reach-column",
}


@pytest.mark.parametrize("function", [name for name in farflung.viz.__all__ if name.startswith("plot_")])
def test_the_axes_are_the_callers_and_settings_stay(function, monkeypatch):
    """A new function without a picture fails here."""
    name = ONE_OF_EACH[function]
    size, plot = PICTURES[name]
    drawn = getattr(farflung.viz, function)
    returned = []

    def watched(*arguments, **options):
        returned.append(drawn(*arguments, **options))
        return returned[-1]

    monkeypatch.setitem(globals(), function, watched)
    axes = axes_for(name, size)
    before, empty = dict(matplotlib.rcParams), len(axes.get_children())
    plot(axes)
    assert returned == [axes]
    assert len(axes.get_children()) > empty
    assert axes.get_figure().axes[0] is axes
    assert dict(matplotlib.rcParams) == before
