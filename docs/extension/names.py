"""Names in the text that lead to their pages: public names, detectors, models."""

import re
from functools import cache

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
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


class LinkedNames(SphinxTransform):
    """In pages, code that is the name of something with a page of its own leads there."""

    default_priority = 500

    def apply(self, **_: object) -> None:
        """Wrap such code in references."""
        if self.env.doc2path(self.env.docname).suffix != ".md":
            return
        for node in list(self.document.findall(nodes.literal)):
            text = node.astext()
            inside = isinstance(node.parent, nodes.reference | addnodes.pending_xref | nodes.title)
            if inside or node.get("classes") not in ([], ["code"]):
                continue
            page, full = registered_pages().get(text), home(text)
            if page and page != self.env.docname:
                kind = {"refdomain": "std", "reftype": "doc", "reftarget": f"/{page}", "refexplicit": True}
            elif full:
                kind = {"refdomain": "py", "reftype": "obj", "reftarget": full, "refexplicit": True}
            else:
                continue
            reference = addnodes.pending_xref("", refdoc=self.env.docname, refwarn=True, **kind)
            node.replace_self(reference)
            reference += node


def resolve(
    app: Sphinx, env: BuildEnvironment, node: addnodes.pending_xref, content: nodes.TextElement
) -> nodes.reference | None:
    """Find a public name by its last part, or by the module that defines it."""
    if node.get("refdomain") != "py":
        return None
    full = public_names().get(node["reftarget"].rpartition(".")[2])
    python = env.domains.python_domain
    if full is None or full not in python.objects:
        return None
    entry = python.objects[full]
    return make_refnode(app.builder, node["refdoc"], entry.docname, entry.node_id, content, full)
