"""A page for each registered detector, made from its class and an object of it."""

import re
from pathlib import Path
from typing import Any

import numpy as np

from extension import docstrings, markdown, shared_parts
from extension.places import DOCS, write_if_changed
from farflung.detectors import Detector, PublishedLimit, Search
from farflung.detectors.registry import DETECTORS
from farflung.lpp.html_table import range_text
from farflung.viz import plot_detector, save


def write(folder: Path) -> list[str]:
    """Write all of them, with their list, into a folder; names of the pages."""
    names = list(DETECTORS.names())
    for name in names:
        write_if_changed(folder / f"{name}.md", page(name, folder))
    text = "One page for each detector that `farflung list` names. How they work is in [detectors](../../detectors.md)."
    write_if_changed(folder / "index.md", markdown.menu("Detectors, one by one", text, names))
    return [*names, "index"]


def page(name: str, folder: Path) -> str:
    """The page of one detector; its picture is drawn beside it."""
    factory = DETECTORS.find(name)
    needed = DETECTORS.needed(name)
    if needed:
        return _page_without_an_object(name, list(needed))
    detector = DETECTORS.make(name)
    searches = detector.searches.values()
    papers = [*detector.references, *(text for search in searches for text in search.references)]
    return "".join(
        [
            shared_parts.front(name, detector.title, factory),
            f"\n{_more(name)}",
            markdown.section("Drawing", _picture(name, detector, folder)),
            markdown.section("Searches", *(_search(detector, search) for search in searches)),
            markdown.section("Solids", _solids(detector)),
            markdown.section("Source", _source(detector)),
            markdown.section("Options", shared_parts.options(name, factory)),
            markdown.section("Where the numbers come from", shared_parts.notes(factory, Detector)),
            markdown.section("Beside published limits", _validation(detector)),
            markdown.section("References", shared_parts.references(papers, name)),
        ]
    )


def _page_without_an_object(name: str, needed: list[str]) -> str:
    """The page of a detector that nobody can make before something is given."""
    factory = DETECTORS.find(name)
    kind: Any = docstrings.class_of(factory)
    given = " and ".join(markdown.code(option) for option in needed)
    said = f"It is drawn, listed and searched in once {given} {'is' if len(needed) == 1 else 'are'} given.\n"
    return "".join(
        [
            shared_parts.front(name, kind.title, factory),
            f"\n{_more(name)}\n{said}",
            markdown.section("Options", shared_parts.options(name, factory)),
            markdown.section("Where the numbers come from", shared_parts.notes(factory, Detector)),
            markdown.section("References", shared_parts.references(kind.references, name)),
        ]
    )


def _more(name: str) -> str:
    """The page of the text that has more on it, by the table in detectors.md."""
    for cells in rows_of("detectors.md", columns=3):
        if f"`{name}`" in cells[0]:
            return f"More in {cells[2].replace('](', '](../../')}.\n"
    return ""


def _picture(name: str, detector: Detector, folder: Path) -> str:
    if not detector.solids:
        return ""
    folder.mkdir(parents=True, exist_ok=True)
    save(plot_detector(name), str(folder / f"{name}.png"))
    drawing = shared_parts.pictures([(f"{name}.png", f"The solids of {name}, cut open")])
    command = f"`farflung show {name} --output {name}.png`"
    return f"{drawing}{command} draws it; other views are in [detectors](../../detectors.md#drawings).\n"


def _search(detector: Detector, search: Search) -> str:
    place = f"{search.decays} {markdown.code(search.solid)}" if search.solid else "of any lifetime that its table has"
    made = detector.named_processes(search)
    states = ", ".join(map(markdown.code, search.final_states)) or "all"
    rows = [
        ("decays", place),
        ("made by", ", ".join(map(markdown.code, made))),
        ("final states", states),
    ]
    if isinstance(search, PublishedLimit):
        rows.append(("limit", "published, on branching ratios"))
    else:
        rows += [
            ("efficiency", _value(search.efficiency)),
            ("background", _value(search.background)),
            ("observed", "a projection" if search.observed is None else str(search.observed)),
        ]
    level = search.confidence_level
    rows.append(("confidence level", "not stated" if level is None else f"{100 * level:g} %"))
    if search.products is not None:
        rows.append(("products", f"must pass `{type(search.products).__name__}`"))
    if search.beside:
        rows.append(("beside it", ", ".join(markdown.code(repr(one)) for one in search.beside)))
    if search.note:
        rows.append(("note", markdown.plain(search.note)))
    return f"### `{search.name}`: {markdown.plain(search.title)}\n\n{markdown.facts(rows)}"


def _value(value: object) -> str:
    """A number, a table by its source, or what a mapping has."""
    if isinstance(value, int | float):
        return f"{value:g}"
    source = getattr(value, "source", None)
    if isinstance(source, str):
        return markdown.reference(f"table against mass: {source}")
    items = getattr(value, "items", None)
    return (
        ", ".join(f"{markdown.code(str(key))} {_value(item)}" for key, item in items())
        if items
        else markdown.code(repr(value))
    )


def _solids(detector: Detector) -> str:
    rows = []
    for name, solid in detector.solids.items():
        spans = [range_text(low, high, "m") for low, high in zip(*np.asarray(solid.bounds), strict=True)]
        finite = np.isfinite(np.asarray(solid.bounds)).all()
        rows.append((markdown.code(name), *spans, f"{solid.volume:.4g}" if finite else "", markdown.code(repr(solid))))
    return markdown.table(("solid", "x", "y", "z", "volume [m³]", "made by"), rows) if rows else ""


def _source(detector: Detector) -> str:
    source = detector.source
    offers = f"It offers {', '.join(map(markdown.code, source.initials()))}.\n"
    others = [markdown.code(repr(other)) for other in detector.treatments()[1:]]
    same = "[equally defensible](../../far_detectors.md#which-generator-a-band)"
    band = f"\nResults are a band between it and what is {same}: {', '.join(others)}.\n" if others else ""
    return f"{markdown.code(repr(source))}\n\n{offers}{band}"


def _validation(detector: Detector) -> str:
    """Rows of validation.md that are about it."""
    short = short_title(detector.title)
    rows = [cells for cells in rows_of("validation.md", columns=6) if cells[0].split(",")[0] == short]
    if not rows:
        return "No public curve is compared with it yet.\n"
    head = ("what", "whose curve", "at [GeV]", "smallest, here/there", "largest, here/there", "what differs")
    said = "Couplings that are excluded here, over those of a public curve: [how](../../validation.md).\n"
    return f"{said}\n{markdown.table(head, rows)}"


def short_title(title: str) -> str:
    """A title without what it says of luminosity or protons."""
    return re.split(r", | \(", title)[0]


def rows_of(page: str, columns: int) -> list[list[str]]:
    """Rows of the tables of a page that have so many columns, as Markdown."""
    lines = (DOCS / page).read_text(encoding="utf-8").splitlines()
    found = [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip())[1:-1]] for line in lines if line.startswith("|")
    ]
    return [cells for cells in found if len(cells) == columns and not set(cells[0]) <= set("-")]
