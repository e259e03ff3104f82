"""The one error that this package raises on purpose."""


class GeometryError(ValueError):
    """A shape, a ray or a point that cannot be what was meant.

    The message is one sentence that names the argument, the value that came in and what would be right.
    """
