"""Which function draws which figure of which paper."""

from collections.abc import Callable, Mapping, Sequence

from matplotlib.axes import Axes

from farflung.lpp.registry import Registry
from farflung.scenarios import ScenarioError
from farflung.scenarios.papers import Panels
from farflung.viz.papers import ferber2022

Drawing = Callable[[Panels, Sequence[Axes] | None], Sequence[Axes]]
"""Draws panels on the given axes, or on those of a new figure, and returns the axes."""

DRAWINGS: Registry[dict[str, Drawing]] = Registry("drawings of paper", ScenarioError)
"""A function for each exhibit, by the paper's name."""


def register_drawings(paper: str, drawings: Mapping[str, Drawing]) -> None:
    """Say how the exhibits of a paper are drawn.

    Parameters
    ----------
    paper
        Name of the paper, as `farflung.scenarios.papers.register_paper` has it.
    drawings
        A function for each of its exhibits.

    Raises
    ------
    ScenarioError
        If the name is taken.
    """
    DRAWINGS.register(paper, dict(drawings))


def draw(paper: str, exhibit: str, panels: Panels, axes: Sequence[Axes] | None = None) -> Sequence[Axes]:
    """Draw an exhibit.

    Parameters
    ----------
    paper, exhibit
        Names, as in ``"ferber2022"`` and ``"fig1"``.
    panels
        What the exhibit's ``compute`` returned.
    axes
        Axes to draw on, as many as the exhibit has panels; by default those of a new figure.

    Raises
    ------
    ScenarioError
        If nobody registered a drawing of this exhibit.
    """
    if exhibit not in (drawings := DRAWINGS.find(paper)):
        raise ScenarioError(f"nothing draws exhibit = {exhibit!r} of {paper}; register a drawing of that name")
    return drawings[exhibit](panels, axes)


register_drawings("ferber2022", ferber2022.DRAWINGS)
