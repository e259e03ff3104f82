"""Axes that a notebook shows as their picture.

Figures that pictures make for themselves belong to no window and are unknown to pyplot, so that nothing is drawn twice,
leaks, or depends on a backend; but a notebook, to which a function returns its axes, would print ``<Axes: >``. Axes of
such figures therefore say how they look, by the hook that notebooks ask every result for. They are matplotlib's in all
else. Axes that a user brings along stay the user's, and pyplot shows them.
"""

import io

from matplotlib.axes import Axes
from mpl_toolkits.mplot3d import Axes3D


def _png(axes: Axes) -> bytes:
    """The whole figure of these axes."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    content = io.BytesIO()
    figure.savefig(content, format="png", bbox_inches="tight")
    return content.getvalue()


class PictureAxes(Axes):
    """Axes of a figure that a plot function made."""

    def _repr_png_(self) -> bytes:
        return _png(self)


class PictureAxes3D(Axes3D):  # type: ignore[misc, unused-ignore]  # mplot3d has no types
    """Axes in perspective of a figure that a plot function made."""

    def _repr_png_(self) -> bytes:
        return _png(self)
