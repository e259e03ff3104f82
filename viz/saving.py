"""Pictures become files."""

import os

from matplotlib.axes import Axes

from farflung.scenarios.output import PICTURE_SUFFIXES, require_writable
from farflung.viz.metadata import metadata_of
from farflung.viz.style import figure_of


def save(ax: Axes, path: str | os.PathLike[str], *, note: str = "") -> None:
    """Write the figure of these axes to a .png, .pdf or .svg file.

    Parameters
    ----------
    ax
        What a function of this package returned, or any axes.
    path
        The file. Its metadata (text of PNG, information of PDF, Dublin Core of SVG) say which version of farflung wrote
        it and, of results, the model, the detectors, the number of flights and their seed.
    note
        What the metadata say first, such as the command or the script that drew the picture.

    Raises
    ------
    ScenarioError
        If the file's name has another ending, or it cannot be written.
    """
    target = require_writable(os.fspath(path), PICTURE_SUFFIXES, "path")
    figure_of(ax).savefig(
        target, dpi=180, bbox_inches="tight", pad_inches="layout", metadata=metadata_of(ax, target, note)
    )
