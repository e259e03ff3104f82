"""What pictures against mass or momentum have in common."""

from matplotlib.axes import Axes

from farflung.viz.sizes import Sizes, dress, shorten
from farflung.viz.style import figure_of, number_masses

SIZE = (6.0, 4.4)
"""Width and height [inch] of a figure of its own."""


def energy_axis(axes: Axes, sizes: Sizes, low: float, high: float, xlabel: str, ylabel: str) -> None:
    """Name the axes, with masses or momenta [GeV] from left to right, in the logarithm and in plain numbers."""
    axes.set(xscale="log", xlim=(low, high))
    dress(axes, sizes, xlabel, ylabel)
    number_masses(axes)


def fit_upright(axes: Axes) -> None:
    """Break the name of the vertical axis, if what stands above or below has left too little room for it."""
    figure_of(axes).draw_without_rendering()
    shorten(axes.yaxis.label, axes.get_window_extent().height, upright=True)
