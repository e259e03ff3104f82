"""What farflung's site has beyond Sphinx: pages made from classes, pictures made by code of the pages."""

import sys
from pathlib import Path

from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).parent.parent))

from extension import code_pictures, links, names, signatures, written_pages


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect all of it."""
    app.connect("builder-inited", write)
    app.connect("source-read", links.rewrite)
    app.connect("source-read", code_pictures.draw, priority=600)
    app.connect("missing-reference", names.resolve)
    app.connect("autodoc-process-signature", signatures.shorten)
    app.connect("autodoc-process-docstring", signatures.escape, priority=100)
    app.connect("doctree-resolved", names.link)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def write(app: Sphinx) -> None:
    """Write the pages that are made from classes, before Sphinx looks for pages."""
    written_pages.write(Path(app.srcdir))
