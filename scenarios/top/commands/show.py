"""`farflung show`: pictures of a detector."""

import argparse
import sys
from functools import partial

from farflung.arguments import number, positive
from farflung.commands import options as shared
from farflung.commands.entries import WantedEntry
from farflung.commands.names import known
from farflung.commands.outputs import written
from farflung.commands.pictures import require_picture, write_picture
from farflung.commands.settings import add_settings
from farflung.detectors.registry import DETECTORS
from farflung.lpp.models.registered import MODELS
from farflung.scenarios import output
from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.progress import progress


def add(commands: shared.Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser("show", help="a detector cut open or in 3-D, with sampled decays if a model is given")
    parser.add_argument(
        "detectors", nargs="+", type=known(DETECTORS), metavar="DET",
        help="name of a detector, as in 'farflung list'; several of one source come into one picture",
    )  # fmt: skip
    parser.add_argument(
        "--output", required=True, metavar="FILE",
        help="a picture (.png, .pdf, .svg), a 3-D scene (.glb) or a page to turn and to play with (.html)",
    )  # fmt: skip
    parser.add_argument(
        "--model", type=known(MODELS),
        help="name of a model, whose decays are drawn; needs --mass and, but for a page, --ctau",
    )  # fmt: skip
    parser.add_argument("--mass", type=positive, help="mass [GeV]")
    parser.add_argument("--ctau", type=positive, help="proper decay length [m]; of a page, at first")
    parser.add_argument("--coupling", type=positive, help="coupling at which a page starts, instead of --ctau")
    parser.add_argument(
        "--view", choices=["r-z", "x-y", "x-z", "y-z", "3-d"],
        help="which plane to cut, or a picture in perspective (default: r-z if all is round about the beam, else the "
        "plane of the beam and of what is not)",
    )  # fmt: skip
    parser.add_argument(
        "--at",
        type=number,
        help="where the plane crosses the third axis [m] (default: 0, or where the plane meets the detector)",
    )
    shared.add_detector_options(parser)
    add_settings(parser)
    shared.add_invisible(parser)
    shared.add_seed(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Draw."""
    target = require_picture(options.output, output.PICTURE_SUFFIXES + output.SCENE_SUFFIXES + output.PAGE_SUFFIXES)
    is_page = target.suffix.lower() in output.PAGE_SUFFIXES
    needed = {"--model": options.model, "--mass": options.mass} | ({} if is_page else {"--ctau": options.ctau})
    wants_decays = any(value is not None for value in (*needed.values(), options.ctau, options.coupling))
    if options.coupling is not None and not is_page:
        raise ScenarioError("--coupling says where the sliders of a page (.html) start; give a picture --ctau instead")
    missing = [name for name, value in needed.items() if value is None]
    if wants_decays and missing:
        *others, last = needed
        raise ScenarioError(
            f"decays need all of {', '.join(others)} and {last}; give {' and '.join(missing)} too, or none"
        )
    if options.invisible is not None and not wants_decays:
        raise ScenarioError("--invisible is about a model's decays; give --model, --mass and --ctau, or leave it out")
    wants_plane = options.view is not None or options.at is not None
    wanted = [WantedEntry(name, name) for name in options.detectors]
    if wants_decays:
        detectors, model = shared.detectors_and_model(options, wanted)
    else:
        detectors, model = shared.detectors_alone(options, wanted), None
    from farflung import viz

    title = " and ".join(detector.title for detector in detectors)
    note = f"{options.typed}\nseed = {options.seed}" if wants_decays else options.typed

    if is_page:
        if wants_plane:
            raise ScenarioError("a page (.html) is turned and cut open with the mouse; leave out --view and --at")
        with progress(f"{title}: page"):
            page = viz.detector_page(
                detectors, model, options.mass,
                ctau=options.ctau, coupling=options.coupling, seed=options.seed, note=note,
            )  # fmt: skip
        viz.save_page(page, target)
        print(f"{'decays' if wants_decays else 'solids'} drawn{written(options.output)}", file=sys.stderr)
        return
    if target.suffix.lower() in output.SCENE_SUFFIXES:
        if wants_decays or wants_plane:
            raise ScenarioError(
                "a .glb scene shows the solids alone; leave out --model, --mass, --ctau, --view and --at"
            )
        with progress(f"{title}: scene"):
            scene = viz.detector_scene(detectors)
        output.write_whole(target, output.SCENE_SUFFIXES, lambda part: viz.save_scene(scene, part))
        print(f"solids drawn in 3-D{written(options.output)}", file=sys.stderr)
        return
    if options.at is not None and options.view not in ("x-y", "x-z", "y-z"):
        raise ScenarioError("--at says where a plane lies; give --view x-y, x-z or y-z")
    if model is not None:
        what = (detectors, model, options.mass, options.ctau)
        if options.view == "3-d":
            draw = partial(viz.plot_decays_3d, *what, seed=options.seed)
        else:
            draw = partial(viz.plot_decays, *what, view=options.view, at=options.at, seed=options.seed)
    elif options.view == "3-d":
        draw = partial(viz.plot_detector_3d, detectors)
    else:
        draw = partial(viz.plot_detector, detectors, view=options.view, at=options.at)
    with progress(f"{title}: picture"):
        write_picture(target, draw, note)
    print(f"{'decays' if wants_decays else 'solids'} drawn{written(options.output)}", file=sys.stderr)
