"""What the drawings have in common: rows of axes, ticks, arrows at cuts."""

from collections.abc import Sequence

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

SCENARIO_TITLES = {"c_ff": r"coupling to fermions, $c_{ff}$", "c_WW": r"coupling to weak bosons, $c_{WW}$"}

MASS_LABEL = r"$m_a$  [GeV]"


def rows_of_axes(axes: Sequence[Axes] | None, rows: int, columns: int, size: tuple[float, float]) -> list[Axes]:
    """The given axes, or those of a new figure with so many panels of this size [inches]."""
    if axes is not None:
        return list(axes)
    figure = Figure(figsize=(columns * size[0], rows * size[1]), layout="constrained")
    return list(figure.subplots(rows, columns, squeeze=False).ravel())


def finish(axes: Axes, x: str, y: str, title: str = "") -> None:
    """Labels and ticks."""
    axes.set_xlabel(x, fontsize=13)
    axes.set_ylabel(y, fontsize=13)
    axes.set_title(title, fontsize=13)
    axes.tick_params(labelsize=11, which="both", direction="in", top=True, right=True)


def legend_under(ax: Axes, handles: Sequence[Artist]) -> None:
    """One row of entries under all panels of the figure of these axes."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.legend(handles=list(handles), loc="outside lower center", ncols=len(handles), fontsize=11, frameon=False)
