"""A page with a detector in 3-D, which one turns and cuts open, and decays that move with the lifetime."""

from importlib.metadata import version
from typing import Any

import numpy as np
from matplotlib.colors import to_hex

from farflung.detectors import Detector
from farflung.geometry import ConvexPolyhedron
from farflung.lpp import Model
from farflung.lpp.models.registered import as_model
from farflung.lpp.number_text import ten_to
from farflung.scenarios.errors import ScenarioError
from farflung.viz.decay_kinds import decay_kinds
from farflung.viz.decay_plot import NOT_IN_PROPORTION, colours
from farflung.viz.detector_plot import is_envelope
from farflung.viz.joint_detector import Detectors, as_one
from farflung.viz.pages.decay_shares import share_rows
from farflung.viz.pages.detector_body import body, slider, table
from farflung.viz.pages.gliding_points import gliding_points
from farflung.viz.pages.lifetime_steps import couplings_at, given_lifetime, lifetime_steps, suitable_lifetime
from farflung.viz.pages.page import page
from farflung.viz.pages.solid_surfaces import best_cut, surfaces
from farflung.viz.pages.space import Space, space_of
from farflung.viz.pages.typeset import as_html
from farflung.viz.solid_looks import deeper, shades
from farflung.viz.style import coupling_label
from farflung.viz.views import has_end

_DRAWN, _SHOWN = 9000, 3000
"""Stretches of flights on which points may be, and points at one lifetime, about."""


def detector_page(
    detector: Detectors,
    model: Model | str | None = None,
    mass: float | None = None,
    *,
    ctau: float | None = None,
    coupling: float | None = None,
    seed: int = 1,
    note: str = "",
) -> str:
    """A detector in 3-D as a page for a browser, in one file that needs no network; with decays if a model is given.

    Solids can be turned, hidden one by one and cut open. With a model, sliders of c tau and of the coupling, which are
    one thing seen twice, move decays along their flights; beside them stands what `farflung.scenarios.acceptance_table`
    says of each search at that lifetime, and what no search counts.

    Parameters
    ----------
    detector
        The detector, several of one source, or their names.
    model, mass
        Which particle, and its mass [GeV]; both or none.
    ctau
        Proper decay length [m] at which the sliders start; by default one that suits the detector.
    coupling
        Coupling at which they start instead.
    seed
        Seed of the flights and of the points.
    note
        What the page says first of where it comes from, such as the command or the script that made it.

    Returns
    -------
    str
        HTML of 5 to 6 MB, most of it the program that draws; `save_page` writes it.

    Raises
    ------
    ScenarioError
        If only one of model and mass is given, or a lifetime without them.
    PhysicsError, DetectorError
        If the mass or the lifetime make no sense, or no solid has an end.
    """
    whole = as_one(detector)
    if model is None and mass is None:
        if ctau is not None or coupling is not None:
            raise ScenarioError("ctau and coupling are about a particle's decays; give a model and a mass, or neither")
        return _solids_alone(whole, note)
    if model is None or mass is None:
        raise ScenarioError("decays need both a model and a mass; give both or none")
    return _with_decays(whole, as_model(model), mass, ctau, coupling, seed, note)


def _solids_alone(detector: Detector, note: str) -> str:
    space = space_of(detector)
    scene, dyes, said = _scene(detector, space)
    lines = [note, f"detector: {detector.described()}", f"created_by: farflung {version('farflung')}"]
    return page(detector.title, body(detector.title, "", dyes, said), {"scene": scene}, "detector.js", lines)


def _with_decays(
    detector: Detector,
    model: Model,
    mass: float,
    ctau: float | None,
    coupling: float | None,
    seed: int,
    note: str,
) -> str:
    given = given_lifetime(model, mass, ctau, coupling)
    space = space_of(detector, detector.flights(model, mass, seed=seed))
    region = ConvexPolyhedron.box(*space.ranges)
    kinds = decay_kinds(detector, model, mass, within=region, seed=seed)
    scene, dyes, said = _scene(detector, space)
    suitable = suitable_lifetime(kinds)
    steps = lifetime_steps(suitable, given)
    couplings = couplings_at(model, mass, steps)
    rows, tables = share_rows(detector, model, mass, steps, kinds, seed)
    points = gliding_points(kinds, region, steps, drawn=_DRAWN, shown=_SHOWN, seed=seed)
    colour_of = [to_hex(colour) for colour in colours(kinds)]
    data = {
        "scene": scene,
        "kinds": [
            {"name": kind.name, "colour": colour, "faint": not kind.searches, **drawn}
            for kind, colour, drawn in zip(kinds, colour_of, points, strict=True)
        ],
        "ctau": steps.tolist(),
        "couplings": None if couplings is None else [quantity(value, model.coupling_unit) for value in couplings],
        "start": int(np.abs(np.log(steps / (given or suitable))).argmin()),
        "shares": [row.as_dict() for row in rows],
    }
    sliders = slider("ctau", "proper decay length c\N{GREEK SMALL LETTER TAU}", len(steps))
    if couplings is not None:
        sliders += slider("coupling", f"coupling {as_html(coupling_label(model.coupling_name, '1'))}", len(steps))
    subtitle = f"{model.title}, m = {mass:g} GeV"
    lines = [note, *dict.fromkeys(f"{name}: {value}" for found in tables for name, value in found.items())]
    said += ["Dots are decays, coloured by their place alone; " + NOT_IN_PROPORTION + "."]
    content = body(detector.title, subtitle, dyes, said, sliders + table(rows, colour_of))
    return page(f"{detector.title}: {subtitle}", content, data, "detector.js", lines)


def _scene(detector: Detector, space: Space) -> tuple[dict[str, Any], dict[str, str], list[str]]:
    """What is drawn of the solids, their colours by name, and what a reader must know."""
    cut = best_cut(detector)
    colour_of = {
        name: to_hex(deeper(shade)) for name, shade in shades(detector).items() if has_end(detector.solids[name])
    }
    drawn = [
        {"name": name, "envelope": is_envelope(solid, detector), "colour": dye, **surfaces(solid, cut)}
        for name, dye in colour_of.items()
        for solid in [detector.solids[name]]
    ]
    endless = [name for name in detector.solids if name not in colour_of]
    said = [*space.said, *([f"Without an end and not drawn: {', '.join(endless)}."] if endless else [])]
    # axes of the page are z, x, y
    where = {"axis": (cut.axis + 1) % 3, "at": cut.at, "keep": cut.keep}
    return {**space.as_dict(), "cut": where, "solids": drawn}, colour_of, said


def quantity(value: float, unit: str) -> str:
    """A coupling with three digits and its unit."""
    if not np.isfinite(value):
        return "none"
    mantissa, _, power = f"{value:.2e}".partition("e")
    number = f"{float(f'{value:.3g}'):g}" if 1e-3 <= value < 1e4 else f"{mantissa} × {ten_to(int(power))}"
    printed = unit.replace("^-1", "⁻¹").replace("^-2", "⁻²")
    return number if unit == "1" else f"{number} {printed}"
