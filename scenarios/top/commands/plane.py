"""`farflung plane`: limits on a branching ratio against lifetime, for a particle of which nothing else is known."""

import argparse
from functools import partial

import numpy as np
import xarray as xr

from farflung.arguments import grid, positive
from farflung.commands import options as shared
from farflung.commands.entries import add_entries, entries_and_texts
from farflung.commands.outputs import add_outputs, require_outputs, tell
from farflung.commands.pictures import write_picture_or_page
from farflung.commands.settings import add_settings
from farflung.scenarios.sweeps.coverage import silence_of
from farflung.scenarios.sweeps.lifetime_plane import ANY, lifetime_plane, plane_as_csv, plane_as_dict, write_plane
from farflung.scenarios.sweeps.remarks import remarks


def add(commands: shared.Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "plane",
        help="limits on the branching ratio of a process, against the lifetime of what it makes",
        epilog="as in farflung plane belle2 --process 'B+ -> K+' --mass 0.3 --ctau 1e-4:1e4:80 --plot plane.png",
    )
    add_entries(parser)
    parser.add_argument(
        "--process", required=True, metavar="'PARENT -> DAUGHTERS'",
        help="what makes the particle, which itself is left out, as in 'B+ -> K+' or 'D0 -> K- mu+'",
    )  # fmt: skip
    parser.add_argument("--mass", type=positive, required=True, help="mass [GeV]")
    parser.add_argument(
        "--ctau", type=grid, default=grid("1e-4:1e4:80"), metavar="LOW:HIGH:COUNT",
        help="proper decay lengths [m], evenly spaced in the logarithm, or a list (default 1e-4:1e4:80)",
    )  # fmt: skip
    parser.add_argument(
        "--final-state", metavar="STATE",
        help="what the particle decays to, as in mumu (default: for each search the first that it counts)",
    )  # fmt: skip
    shared.add_statistics(parser)
    add_outputs(parser, "limits", "limits")
    add_settings(parser)
    shared.add_sampling(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Find the limits, write, draw and say what came out."""
    entries, _ = entries_and_texts(options.settings, options.detectors)
    require_outputs(options, "ctau")
    plane = lifetime_plane(
        entries, options.process, options.mass, options.ctau,
        final_state=options.final_state, n=options.n, seed=options.seed, sampling=options.sampling,
        progress=True,
        confidence_level=options.confidence_level, background_uncertainty=options.background_uncertainty,
    )  # fmt: skip
    if options.output:
        write_plane(plane, options.output)
    if options.plot:
        from farflung import viz

        write_picture_or_page(
            options.plot, lambda: viz.plot_plane(plane), partial(viz.plane_page, plane), options.typed
        )
    tell(
        options, lambda: plane_as_dict(plane), lambda: plane_as_csv(plane), "\n".join(_smallest(plane)),
        remarks(plane),
    )  # fmt: skip


def _smallest(plane: xr.Dataset) -> list[str]:
    """A line on each search: the smallest branching ratio that it excludes."""
    lines = []
    for name in map(str, plane["search"].values):
        limits = plane["limit"].sel(search=name).values
        if np.isnan(limits).all():
            lines.append(f"{name} does not look for such a particle")
        elif silence := silence_of(plane, name):
            lines.append(f"{name} {silence}")
        elif np.isinf(limits).all():
            lines.append(f"{name} excludes nothing")
        else:
            best = int(np.nanargmin(limits))
            state = str(plane["final_state"].sel(search=name).values)
            into = f", decays to {state}" if state != ANY else ""
            ctau = float(plane["ctau"][best])
            lines.append(f"{name} reaches a branching ratio of {limits[best]:.3g} at c tau = {ctau:.3g} m{into}")
    return lines
