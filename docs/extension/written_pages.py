"""All pages that are made from the code."""

from pathlib import Path

from extension import command_pages, detector_pages, model_pages, python_pages
from extension.places import REFERENCE, SHOWN_AS, write_if_changed


def write(docs: Path) -> None:
    """Write them, and remove those of what no longer exists."""
    wanted = {f"{REFERENCE}/python/{page}" for page in python_pages.write()}
    wanted |= {f"{REFERENCE}/detectors/{page}" for page in detector_pages.write()}
    wanted |= {f"{REFERENCE}/models/{page}" for page in model_pages.write()}
    command_pages.write()
    for page in SHOWN_AS.values():
        if page != "index":
            write_if_changed(docs / f"{page}.md", "")  # its text comes from the file that it shows
            wanted.add(page)
    wanted.add(f"{REFERENCE}/commands")
    for path in (docs / REFERENCE).rglob("*"):
        if path.suffix in (".md", ".rst") and path.relative_to(docs).with_suffix("").as_posix() not in wanted:
            path.unlink()
