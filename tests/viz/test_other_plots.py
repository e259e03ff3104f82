"""Pictures of models, acceptances, flights and events: lines are where they should be, and all fits a column."""

import matplotlib
import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.legend import Legend

from farflung.detectors import CHARM, BelleII, Detector, DetectorError, Search, make_detector
from farflung.geometry import Revolved
from farflung.lpp import ALPFermion, ALPPhoton, ALPWeak, DarkScalar
from farflung.scenarios import Reach, ScenarioError, acceptance_table, reach
from farflung.viz import (
    plot_acceptance,
    plot_branching_ratios,
    plot_events,
    plot_flights,
    plot_lifetimes,
    plot_production,
)
from farflung.viz.particle_text import process_text
from farflung.viz.style import number_masses

LENGTHS = np.geomspace(1e-3, 1e3, 40)


@pytest.fixture(autouse=True)
def global_settings_stay():
    before = dict(matplotlib.rcParams)
    yield
    assert dict(matplotlib.rcParams) == before


@pytest.fixture(scope="module")
def found() -> Reach:
    return reach(BelleII(), ALPFermion(), np.geomspace(0.05, 4.5, 10), n=512)


@pytest.fixture(scope="module")
def tables():
    few = {"n": 300, "sampling": "random"}
    return [acceptance_table(name, "alp-fermion", 0.3, LENGTHS, **few) for name in ("belle2", "lhcb")]


class Tube(Detector):
    """A tube around the axis, 40 m to 50 m behind Belle II's beams."""

    name, title = "tube", "Tube"

    def __init__(self) -> None:
        search = Search("decays", "all decays", "inside", "tube")
        super().__init__(BelleII().source, {"tube": Revolved.tube(z=(40, 50), r=(10, 20))}, [search])


class Blind(Detector):
    """Nothing is looked for."""

    name, title = "blind", "Blind"

    def __init__(self) -> None:
        super().__init__(BelleII().source, {}, [])


def legend_of(axes):
    return [text.get_text() for text in axes.get_legend().get_texts()]


def line_of(axes, label):
    (line,) = (line for line in axes.get_lines() if line.get_label() == label)
    return line.get_xdata(), line.get_ydata()


def test_all_fit_into_a_column_of_a_journal(found, tables):
    draw = {
        "branching": lambda ax: plot_branching_ratios("alp-fermion", ax),
        "both": lambda ax: plot_branching_ratios(["alp-weak", "dark-scalar"], ax, masses=np.geomspace(0.2, 5)),
        "lifetimes": lambda ax: plot_lifetimes(
            ["alp-fermion", "alp-weak", "dark-scalar"], ax, coupling=[1e-3, 1, 1e-4]
        ),
        "production": lambda ax: plot_production("dark-scalar", ax),
        "acceptance": lambda ax: plot_acceptance(tables, ax),
        "flights": lambda ax: plot_flights("belle2", "alp-fermion", 0.3, ax, n=2000),
        "events": lambda ax: plot_events(found, "belle2:displaced", ax),
    }
    for name, plot in draw.items():
        figure = Figure(figsize=(3.4, 2.8), layout="constrained")
        given = figure.add_subplot()
        assert plot(given) is given
        figure.draw_without_rendering()
        drawn = figure.get_tightbbox()
        assert drawn.x0 > -0.02, name
        assert drawn.x1 < 3.42, name
        assert given.get_position().height > 0.4, name  # the legend leaves room for the picture
        assert all("[" in label or "branching" in label or "probability" in label
                   for label in (given.get_xlabel(), given.get_ylabel())), name  # fmt: skip
        assert 7 <= given.xaxis.label.get_size() <= 9, name


def test_letters_grow_with_the_axes():
    def size(width):
        return plot_lifetimes("alp-weak", Figure(figsize=(width, 0.7 * width)).add_subplot()).xaxis.label.get_size()

    assert size(3.4) < size(7) < size(12) < size(22) == size(30)


def test_branching_ratios_are_the_models_and_jump_at_thresholds():
    model = ALPFermion()
    axes = plot_branching_ratios(model, masses=np.geomspace(0.1, 0.5, 30))
    mass, ratio = line_of(axes, r"$\mu^{+} \mu^{-}$")
    threshold = 2 * 0.1056583755  # PDG
    assert np.isnan(ratio[mass < threshold]).all()
    first = np.flatnonzero(np.isfinite(ratio))[0]
    assert mass[first] == pytest.approx(threshold, rel=1e-6)  # a coarse grid does not move it
    np.testing.assert_allclose(ratio[first:], model.branching_ratios(mass[first:])["mumu"])
    assert legend_of(axes)[:3] == [r"$\gamma \gamma$", r"$e^{+} e^{-}$", r"$\mu^{+} \mu^{-}$"]
    assert axes.get_legend().get_title().get_text() == model.title


def test_models_share_colours_and_differ_by_lines():
    axes = plot_branching_ratios([ALPWeak(), DarkScalar()], masses=np.geomspace(0.3, 0.9, 20))
    muons = [line for line in axes.get_lines() if line.get_label() == r"$\mu^{+} \mu^{-}$"]
    assert len({to_hex(line.get_color()) for line in muons}) == 1
    assert len({str(line.get_linestyle()) for line in muons}) == 2
    (below,) = (artist for artist in axes.get_children() if isinstance(artist, Legend) and artist != axes.get_legend())
    assert [text.get_text() for text in below.get_texts()] == [ALPWeak().title, DarkScalar().title]


def test_lifetimes_at_their_couplings():
    axes = plot_lifetimes([ALPWeak(), "alp-photon"], masses=[0.1, 0.2, 0.4], coupling=[2.0, 1e-5])
    first, second = axes.get_lines()
    at = list(first.get_xdata()).index(0.2)
    # Gamma(a -> 2 photons) goes with coupling squared and mass cubed
    assert ALPWeak().ctau(0.2) / first.get_ydata()[at] == pytest.approx(4)
    at = list(second.get_xdata()).index(0.2)
    g, mass = 1e-5, 0.2
    # 64 pi hbar c / (g^2 m^3), hbar c in GeV m
    assert second.get_ydata()[at] == pytest.approx(64 * np.pi * 1.973269804e-16 / (g**2 * mass**3), rel=0.01)
    assert legend_of(axes)[1] == r"ALP coupled to photons, $g_{a\gamma\gamma} = 10^{-5}\,\mathrm{GeV^{-1}}$"


def test_production_sums_the_decays_of_each_parent():
    model = DarkScalar()
    axes = plot_production(model, coupling=1e-3)
    mass, rate = line_of(axes, r"$B^{+} \to X\,\ldots$")
    at = np.searchsorted(mass, 1.0)
    decays = [p for p in model.processes() if p.initial == "B+" and p.max_mass > mass[at]]
    assert rate[at] == pytest.approx(sum(float(model.production(p, mass[at], 1e-3)) for p in decays))
    mass, _ = line_of(axes, r"$K^{+} \to \pi^{+} X$")
    assert mass[-1] == pytest.approx(0.493677 - 0.13957039, rel=1e-4)  # PDG masses
    alone = plot_production(model, processes=["B+ -> K+"], coupling=1e-3)
    mass, rate = line_of(alone, r"$B^{+} \to K^{+} X$")
    np.testing.assert_allclose(rate[:5], model.production("B+ -> K+", mass[:5], 1e-3))
    assert len(alone.get_lines()) == 1


def test_acceptance_has_bands_of_its_errors(tables):
    axes = plot_acceptance(tables, sigmas=2)
    assert len(axes.get_lines()) == 3  # Belle II has two searches, LHCb one that asks for a place
    assert len(axes.collections) == 3
    mean, error = (tables[0][name].sel(search="displaced").values for name in ("probability", "error"))
    corners = axes.collections[0].get_paths()[0].vertices
    top = [corners[corners[:, 0] == ctau, 1].max() for ctau in LENGTHS[[5, 20, 35]]]
    np.testing.assert_allclose(top, (mean + 2 * error)[[5, 20, 35]])
    assert (error > 0.01 * mean).any()  # there is something to see
    named = plot_acceptance({"one": tables[0]})
    assert legend_of(named) == ["one: displaced", "one: invisible"]
    other = acceptance_table("belle2", "alp-fermion", 0.5, LENGTHS, n=512)
    with pytest.raises(ScenarioError, match=r"alp-fermion of 0.3 GeV and alp-fermion of 0.5 GeV"):
        plot_acceptance([tables[0], other])


def test_the_window_of_flights_is_where_the_solid_is():
    axes = plot_flights(Tube(), ALPFermion(), 0.3, n=20_000)
    low, high = sorted(line.get_ydata()[0] for line in axes.get_lines())
    # seen from the origin, the tube begins at its far inner and ends at its near outer edge
    expected = np.degrees([np.arctan2(10, 50), np.arctan2(20, 40)])
    np.testing.assert_allclose([low, high], expected, atol=0.3)
    flights = Tube().flights("alp-fermion", 0.3, n=20_000, sampling="random")
    theta = np.degrees(np.arccos(flights.direction[:, 2]))
    share = np.mean((theta > expected[0]) & (theta < expected[1]))
    assert legend_of(axes)[0] == f"tube, met by {100 * share:.2g} % of the flights"
    assert "degrees" in axes.get_ylabel()


def test_a_volume_around_everything_has_no_edges():
    axes = plot_flights("na62", "alp-fermion", 0.1, search="invisible", n=2000)  # kaons decay inside of it
    assert len(axes.get_lines()) == 0
    assert legend_of(axes)[0].replace("\n", " ") == "hermetic volume, met by 100 % of the flights"
    assert axes.get_ylim()[1] < 0.1


def test_far_flights_are_drawn_in_the_logarithm():
    axes = plot_flights("charm", "alp-fermion", 0.3, n=2000)
    assert axes.get_yscale() == axes.get_xscale() == "log"
    low, high = (line.get_ydata()[0] for line in axes.get_lines())
    assert axes.get_ylim()[0] < low
    # the square of arXiv:1904.02091: 3.3 m to 6.3 m beside the axis, 1.5 m to either side, 480 m to 515 m away
    assert [low, high] == pytest.approx([3.3 / 515, np.hypot(6.3, 1.5) / 480], rel=0.02)
    with pytest.raises(DetectorError, match="no search of blind asks for a solid"):
        plot_flights(Blind(), "alp-weak", 0.3)


def test_the_limit_line_of_events_is_where_the_reach_begins(found):
    axes = plot_events(found, "belle2:displaced")
    limit = next(c for c in axes.collections if len(c.get_linewidth()) and c.get_linewidth()[0] == 2.0)
    points = np.concatenate([path.vertices for path in limit.get_paths()])
    smallest = found.smallest_coupling().sel(search="belle2:displaced")
    for mass, coupling in zip(found.data["mass"].values, smallest.values, strict=True):
        here = points[np.isclose(points[:, 0], mass), 1]
        if np.isfinite(coupling):
            assert here.min() == pytest.approx(coupling, rel=0.03)
    assert legend_of(axes) == ["limit: $2.3$ events"]  # -ln 0.1 events without background at 90 % CL
    with pytest.raises(ScenarioError, match="search must be one of belle2:displaced, belle2:invisible"):
        plot_events(found)


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: plot_branching_ratios([]), "models = 0 of them"),
        (lambda: plot_branching_ratios("alp-weak", lowest=2), "lowest = 2 must be"),
        (lambda: plot_lifetimes("alp-weak", coupling=[1, 2]), r"coupling = \[1, 2\] must be"),
        (lambda: plot_lifetimes("alp-weak", coupling=-1), "coupling = -1 must be"),
        (lambda: plot_lifetimes("alp-weak", masses=[300, 500]), "fewer than two lie within"),
        (lambda: plot_lifetimes("alp-weak", masses=[0.5, 0.3]), "increasing masses"),
        (lambda: plot_production("dark-scalar", masses=[6.0, 7.0]), "nothing makes a particle"),
        (lambda: plot_production(ALPPhoton(), processes=[]), "there is none"),
        (lambda: plot_acceptance([]), "tables = 0 of them"),
        (lambda: plot_acceptance(make_detector("belle2")), "tables must be"),
    ],
)
def test_what_makes_no_sense_is_told(draw, message):
    with pytest.raises(ScenarioError, match=message):
        draw()


def test_a_process_that_says_where_it_happens_is_written_so():
    assert process_text(CHARM().source.conversion, "a").startswith(r"$\gamma \to a \,\mathrm{on}\,")
    assert process_text("B+ -> K+", "a") == r"$B^{+} \to K^{+} a$"


@pytest.mark.parametrize(("low", "high"), [(0.7, 1.7), (1.1, 1.9), (0.55, 3.9), (0.2, 0.45), (0.01, 4.7)])
def test_a_mass_axis_has_three_numbers_at_least(low, high):
    axes = Figure().add_subplot()
    axes.set(xscale="log", xlim=(low, high))
    number_masses(axes)
    axes.figure.draw_without_rendering()
    ticks = [*axes.xaxis.get_major_ticks(), *axes.xaxis.get_minor_ticks()]
    shown = [tick for tick in ticks if tick.label1.get_text() and low <= tick.get_loc() <= high]
    assert len(shown) >= 3
