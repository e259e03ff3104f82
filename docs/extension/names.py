"""Names in the text that lead to their pages: public names, detectors, models."""

import re
from functools import cache

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode

from extension.places import REFERENCE
from extension.public import public_names
from farflung.detectors.registry import DETECTORS
from farflung.lpp.models.registered import MODELS

_NAME = re.compile(r"(?:farflung(?:\.\w+)*\.)?(?P<short>[A-Za-z]\w*)(?P<call>\(.*\))?", re.DOTALL)


@cache
def registered_pages() -> dict[str, str]:
    """Pages of detectors and models by name."""
    detectors = {name: f"{REFERENCE}/detectors/{name}" for name in DETECTORS.names()}
    return detectors | {name: f"{REFERENCE}/models/{name}" for name in MODELS.names()}


def home(text: str) -> str | None:
    """Full public name of what a piece of code names, if it is one."""
    found = _NAME.fullmatch(text)
    if found is None:
        return None
    plain = found["short"]
    if plain == text and plain.islower() and "_" not in plain:
        return None  # a word such as reach is a command as well
    return public_names().get(plain)


def link(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """In pages, let code that is the name of something with a page of its own lead there."""
    if app.env.doc2path(page).suffix != ".md":
        return
    for node in list(doctree.findall(nodes.literal)):
        text = node.astext()
        if isinstance(node.parent, nodes.reference | nodes.title):
            continue
        own = registered_pages().get(text)
        found = nodes.reference("", "", internal=True) if own and own != page else None
        if found is not None and own:
            found["refuri"] = app.builder.get_relative_uri(page, own)
            found += node.deepcopy()
        elif own is None:
            found = _public_link(app, page, home(text), node.deepcopy())
        if found is not None:
            node.replace_self(found)


def resolve(
    app: Sphinx, env: BuildEnvironment, node: addnodes.pending_xref, content: nodes.TextElement
) -> nodes.reference | None:
    """Find a public name by its last part, wherever a docstring thinks that it is."""
    if node.get("refdomain") != "py":
        return None
    return _public_link(app, node["refdoc"], public_names().get(node["reftarget"].rpartition(".")[2]), content)


def _public_link(app: Sphinx, page: str, full: str | None, content: nodes.TextElement) -> nodes.reference | None:
    entry = app.env.domains.python_domain.objects.get(full or "")
    return make_refnode(app.builder, page, entry.docname, entry.node_id, content, full) if entry else None
