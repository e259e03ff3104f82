"""A page for each registered model, made from its class and an object of it."""

from collections.abc import Callable
from pathlib import Path

from matplotlib.axes import Axes

from extension import markdown, shared_parts
from extension.places import write_if_changed
from farflung.lpp import Model, final_state
from farflung.lpp.html_table import range_text
from farflung.lpp.models.registered import MODELS
from farflung.viz import plot_branching_ratios, plot_lifetimes, plot_production, save


def write(folder: Path) -> list[str]:
    """Write all of them, with their list, into a folder; names of the pages."""
    names = list(MODELS.names())
    for name in names:
        write_if_changed(folder / f"{name}.md", page(name, folder))
    text = (
        "One page for each model that `farflung list` names. How well they are known is in [models](../../models.md)."
    )
    write_if_changed(folder / "index.md", markdown.menu("Models, one by one", text, names))
    return [*names, "index"]


def page(name: str, folder: Path) -> str:
    """The page of one model; its pictures are drawn beside it."""
    factory = MODELS.find(name)
    model = MODELS.make(name)
    return "".join(
        [
            shared_parts.front(name, model.title, factory),
            markdown.section("In short", _facts(model)),
            markdown.section("Decays", _states(model), _pictures(name, model, "decays", folder)),
            markdown.section("Production", _processes(model), _pictures(name, model, "production", folder)),
            markdown.section("Options", shared_parts.options(name, factory)),
            markdown.section("Formulas, and where they hold", shared_parts.notes(factory, Model)),
            markdown.section("References", shared_parts.references(model.references, name)),
        ]
    )


def _facts(model: Model) -> str:
    unit = "" if model.coupling_unit == "1" else model.coupling_unit
    powers = ("production", model.production_power), ("widths", model.width_power)
    same = "[equally defensible](../../models.md#treatments-that-are-equally-defensible)"
    rows = [
        ("particle", markdown.code(model.symbol)),
        ("coupling", markdown.code(" ".join([model.coupling_name, *([f"[{unit}]"] if unit else [])]))),
        ("scanned by default", range_text(*model.coupling_range, unit)),
        ("mass", range_text(*model.mass_range, "GeV")),
        ("power of the coupling", ", ".join(f"{what} {power:g}" for what, power in powers if power is not None)),
        ("vertices", ", ".join(map(markdown.code, model.vertices()))),
        (same, "<br>".join(markdown.code(repr(one)) for one in model.treatments())),
    ]
    return markdown.facts((name, value or "none") for name, value in rows)


def _states(model: Model) -> str:
    rows = []
    for name in model.final_states():
        products = " ".join(final_state(name).products)
        rows.append((markdown.code(name), markdown.code(products) or "not known one by one"))
    thresholds = ", ".join(f"{mass:.4g}" for mass in sorted(model.thresholds()))
    said = f"Widths begin, jump or bend at {thresholds} GeV.\n" if thresholds else ""
    return markdown.table(("final state", "products"), rows) + f"\n{said}"


def _processes(model: Model) -> str:
    rows = [(markdown.code(str(own)), f"{own.max_mass:.4g}") for own in model.processes()]
    more = "Sources bring along what photons or charges make, where the model has the vertex.\n"
    return f"{markdown.table(('process', 'up to [GeV]'), rows) if rows else ''}\n{more if model.vertices() else ''}"


_DRAWINGS: dict[str, list[tuple[str, Callable[[str], Axes], str]]] = {
    "decays": [
        ("branching", plot_branching_ratios, "What {} decays to, against its mass"),
        ("lifetime", plot_lifetimes, "The proper decay length of {} against its mass"),
    ],
    "production": [("production", plot_production, "Branching ratios into {} against its mass")],
}


def _pictures(name: str, model: Model, about: str, folder: Path) -> str:
    if about == "production" and not model.processes():
        return ""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = []
    for what, draw, says in _DRAWINGS[about]:
        file = f"{name}-{what}.png"
        save(draw(name), str(folder / file))
        drawn.append((file, says.format(markdown.plain(model.title))))
    return shared_parts.pictures(drawn)
