"""All pages that are made from the code."""

from pathlib import Path

from extension import command_pages, detector_pages, model_pages, python_pages
from extension.places import REFERENCE, SHOWN_AS, write_if_changed


def write(docs: Path) -> None:
    """Write them, and remove those of what no longer exists."""
    folder = docs / REFERENCE
    wanted = {f"python/{page}" for page in python_pages.write(folder / "python")}
    wanted |= {f"detectors/{page}" for page in detector_pages.write(folder / "detectors")}
    wanted |= {f"models/{page}" for page in model_pages.write(folder / "models")}
    command_pages.write(folder / "commands.md")
    wanted.add("commands")
    for page in (Path(shown).name for shown in SHOWN_AS.values() if shown.startswith(REFERENCE)):
        write_if_changed(folder / f"{page}.md", "")  # its text comes from the file that it shows
        wanted.add(page)
    for path in folder.rglob("*"):
        if path.suffix in (".md", ".rst") and path.relative_to(folder).with_suffix("").as_posix() not in wanted:
            path.unlink()
