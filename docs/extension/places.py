"""Where pages are: files of the repository, and the pages of the site that show them."""

from pathlib import Path

DOCS = Path(__file__).resolve().parents[1]
ROOT = DOCS.parent
REFERENCE = "reference"
"""Folder of pages that the build writes, in `docs`."""

SHOWN_AS = {
    ROOT / "README.md": "index",
    ROOT / "CONTRIBUTING.md": f"{REFERENCE}/contributing",
    ROOT / "CHANGELOG.md": f"{REFERENCE}/changelog",
}
"""Pages that lie above `docs`, with their names on the site."""


def write_if_changed(path: Path, text: str) -> None:
    """Write a page, unless it says the same already: then Sphinx need not read it again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
