"""Papers by name: what the command line offers."""

from difflib import get_close_matches

from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.papers.ferber2022 import FERBER_2022
from farflung.scenarios.papers.paper import Paper

_PAPERS: dict[str, Paper] = {}


def register_paper(paper: Paper) -> None:
    """Offer a paper under its name; `farflung.viz.papers.register_drawings` says how its exhibits are drawn.

    Raises
    ------
    ScenarioError
        If the name is taken.
    """
    if paper.name in _PAPERS:
        raise ScenarioError(f"paper name = {paper.name!r} is taken by {_PAPERS[paper.name]!r}; choose another name")
    _PAPERS[paper.name] = paper


def paper_names() -> tuple[str, ...]:
    """All registered names."""
    return tuple(_PAPERS)


def find_paper(name: str) -> Paper:
    """The paper of this name.

    Raises
    ------
    ScenarioError
        If there is none; the message names the nearest.
    """
    if name not in _PAPERS:
        nearest = get_close_matches(name, _PAPERS, n=3, cutoff=0.4) or list(_PAPERS)
        raise ScenarioError(f"paper = {name!r} is unknown; did you mean {' or '.join(nearest)}?")
    return _PAPERS[name]


register_paper(FERBER_2022)
