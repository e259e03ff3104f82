"""The site: a page for all that is registered or public, and no link of the built pages leads nowhere.

Built pages are those of ``python -m sphinx docs docs/_build``. Tests of them are skipped where there are none.
"""

import importlib
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote, urlsplit

import pytest

from farflung.detectors import BelleII, detector_names, register_detector
from farflung.detectors.registry import DETECTORS
from farflung.lpp import ALPFermion, model_names, register_model
from farflung.lpp.models.registered import MODELS

DOCS = Path(__file__).resolve().parents[1] / "docs"
SITE = DOCS / "_build"
is_built = pytest.mark.skipif(not (SITE / "index.html").exists(), reason="the site is not built")


class _Page(HTMLParser):
    """Anchors of a page, and where its links and pictures lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value for name, value in attrs if value}
        self.anchors |= {found[name] for name in ("id", "name") if name in found}
        self.links |= {found[name] for name in ("href", "src") if name in found}


@cache
def page(path: Path) -> _Page:
    return _Page(path.read_text(encoding="utf-8"))


def pages() -> list[Path]:
    return sorted(path for path in SITE.rglob("*.html") if "_static" not in path.parts)


def leads_nowhere(path: Path) -> list[str]:
    """Links of a page within the site to files or anchors that are not there."""
    wrong = []
    for link in page(path).links:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
        if not target.is_file() or (target.suffix == ".html" and parts.fragment not in {"", *page(target).anchors}):
            wrong.append(link)
    return wrong


@is_built
def test_every_link_of_the_site_leads_somewhere() -> None:
    wrong = {path.relative_to(SITE).as_posix(): links for path in pages() if (links := leads_nowhere(path))}
    assert not wrong


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    (tmp_path / "other.html").write_text('<p id="here">')
    links = ["other.html#here", "other.html", "#top", "https://elsewhere", "other.html#there", "missing.png"]
    written = "".join(f'<a href="{link}">' for link in links)
    (tmp_path / "one.html").write_text(f'<p id="top">{written}')
    assert sorted(leads_nowhere(tmp_path / "one.html")) == ["missing.png", "other.html#there"]


@is_built
def test_no_page_stands_alone() -> None:
    """From the first page one comes to every page but those that Sphinx makes for itself."""
    found, new = set(), {SITE / "index.html"}
    while new:
        found |= new
        linked = {(path.parent / urlsplit(link).path).resolve() for path in new for link in page(path).links}
        new = {path for path in linked if path.suffix == ".html" and path.is_file()} - found
    own = {SITE / f"{name}.html" for name in ("search", "genindex", "py-modindex")}
    assert set(pages()) - found - own == set()


@is_built
@pytest.mark.parametrize("text", ["start.md", "acceptance.md"])
def test_pages_with_pictures_show_them(text: str) -> None:
    name = text.removesuffix(".md")
    wanted = (DOCS / text).read_text(encoding="utf-8").count("<!-- picture: ")
    pictures = {link for link in page(SITE / f"{name}.html").links if link.startswith(f"_images/{name}-")}
    assert wanted == len(pictures) > 0


@is_built
def test_detectors_and_models_that_are_registered_have_their_page() -> None:
    for kind, names in (("detectors", DETECTORS.names()), ("models", model_names())):
        found = {path.stem for path in (SITE / "reference" / kind).glob("*.html")} - {"index"}
        assert found == set(names)


# What the pages are made from


@pytest.fixture
def extension(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    for needed in ("sphinx", "numpydoc", "myst_parser"):
        pytest.importorskip(needed)
    monkeypatch.syspath_prepend(str(DOCS))
    with DETECTORS.preserved(), MODELS.preserved():
        yield importlib.import_module("extension")


@pytest.mark.usefixtures("extension")
def test_what_is_registered_has_a_page_by_existing(tmp_path: Path) -> None:
    detector_pages = importlib.import_module("extension.detector_pages")
    model_pages = importlib.import_module("extension.model_pages")
    register_detector("early", lambda: BelleII(luminosity=0.5))
    register_model("half-invisible", lambda: ALPFermion(invisible_branching_ratio=0.5))
    assert set(detector_pages.write(tmp_path / "detectors")) == {*DETECTORS.names(), "index"}
    assert set(model_pages.write(tmp_path / "models")) == {*model_names(), "index"}
    early = (tmp_path / "detectors" / "early.md").read_text(encoding="utf-8")
    assert early.startswith("# Belle II, 0.5 ab⁻¹\n")
    assert "### `displaced`" in early
    assert (tmp_path / "detectors" / "early.png").read_bytes().startswith(b"\x89PNG")
    assert "`invisible`" in (tmp_path / "models" / "half-invisible.md").read_text(encoding="utf-8")
    listed = (tmp_path / "models" / "index.md").read_text(encoding="utf-8")
    assert all(f"\n{name}\n" in listed for name in model_names())


@pytest.mark.usefixtures("extension")
def test_every_row_of_the_validation_is_on_the_page_of_a_detector() -> None:
    detector_pages = importlib.import_module("extension.detector_pages")
    rows = [cells[0].split(",")[0] for cells in detector_pages.rows_of("validation.md", columns=6)][1:]
    titles = {detector_pages.short_title(DETECTORS.make(name).title) for name in detector_names()}
    assert len(rows) > 5
    assert set(rows) <= titles


@pytest.mark.usefixtures("extension")
def test_all_public_names_have_a_page(tmp_path: Path) -> None:
    public = importlib.import_module("extension.public")
    written = set(importlib.import_module("extension.python_pages").write(tmp_path))
    for package in public.packages():
        for name in importlib.import_module(package).__all__:
            assert public.public_names()[name] in written, name
            assert f"~{public.public_names()[name]}`" in (tmp_path / f"{package}.rst").read_text(encoding="utf-8")


@pytest.mark.usefixtures("extension")
def test_links_of_the_repository_become_links_of_the_site() -> None:
    links = importlib.import_module("extension.links")
    text = "[a](docs/models.md#speed), `[b](c)`, [d](CONTRIBUTING.md), [e](benchmarks/), [f](https://g), [h](LICENSE)"
    assert links.linked(text, DOCS.parent, "index") == (
        "[a](models.md#speed), `[b](c)`, [d](reference/contributing.md), `e`, [f](https://g), [h](../LICENSE)"
    )
    assert links.linked("[a](../README.md)", DOCS, "models") == "[a](index.md)"
