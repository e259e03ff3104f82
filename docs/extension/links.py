"""Links that work on a code host, made to work on the site."""

import os
import re
from pathlib import Path

from sphinx.application import Sphinx

from extension.places import DOCS, ROOT, SHOWN_AS

_CODE = re.compile(r"(^ {0,3}```.*?^ {0,3}```|^ {4}.*?$|`(?:[^`\n]|\n(?!\n))+`)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?P<file>[^)#:\s]+)(?P<anchor>#[\w-]+)?\)")
_FOLDER = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<folder>[^)#:\s]+)/\)")


def rewrite(app: Sphinx, name: str, source: list[str]) -> None:
    """Let links of a page lead to pages of the site; the front page is the README with the menu of its own below."""
    if app.env.doc2path(name).suffix != ".md":
        return
    shown = {page: file for file, page in SHOWN_AS.items()}
    if name in shown:
        text = shown[name].read_text(encoding="utf-8")
        app.env.note_dependency(str(shown[name]))
        menu = _menu(app, source[0]) if name == "index" else ""
        source[0] = f"{linked(text, ROOT, name)}\n{menu}"
    elif (DOCS / name).parent == DOCS:
        source[0] = linked(source[0], DOCS, name)


_OPTIONAL = ("gallery/index",)
"""Pages that the menu has where there are scripts, or somebody has written them."""


def _menu(app: Sphinx, text: str) -> str:
    missing = {page for page in _OPTIONAL if page not in app.env.found_docs}
    return "".join(line for line in text.splitlines(keepends=True) if line.strip() not in missing)


def linked(text: str, folder: Path, name: str) -> str:
    """A text whose links are relative to a folder, with links that are relative to a page of the site."""
    parts = _CODE.split(text)
    parts[::2] = [_LINK.sub(lambda found: _link(found, folder, name), _without_folders(part)) for part in parts[::2]]
    return "".join(parts)


def _link(found: re.Match[str], folder: Path, name: str) -> str:
    target = (folder / found["file"]).resolve()
    if target in SHOWN_AS:
        target = DOCS / f"{SHOWN_AS[target]}.md"
    path = os.path.relpath(target, (DOCS / name).parent).replace(os.sep, "/")
    return f"]({path}{found['anchor'] or ''})"


def _without_folders(text: str) -> str:
    """The text of links to folders alone, since the site has no page for these."""
    return _FOLDER.sub(lambda found: f"`{found['text']}`" if "`" not in found["text"] else found["text"], text)
