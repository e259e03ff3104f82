"""Papers by name: what the command line offers."""

from farflung.lpp.registry import Registry
from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.papers.ferber2022 import FERBER_2022
from farflung.scenarios.papers.paper import Paper

PAPERS: Registry[Paper] = Registry("paper", ScenarioError)
"""Papers by name."""


def register_paper(paper: Paper) -> None:
    """Offer a paper under its name; `farflung.viz.papers.register_drawings` says how its exhibits are drawn.

    Raises
    ------
    ScenarioError
        If the name is taken.
    """
    PAPERS.register(paper.name, paper)


def paper_names() -> tuple[str, ...]:
    """All registered names."""
    return PAPERS.names()


def find_paper(name: str) -> Paper:
    """The paper of this name.

    Raises
    ------
    ScenarioError
        If there is none; the message names the nearest.
    """
    return PAPERS.find(name)


register_paper(FERBER_2022)
