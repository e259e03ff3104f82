"""What solids made of a plane outline share: checking, comparing and combining polygons."""

from typing import Any

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from farflung.geometry.errors import GeometryError


def checked(name: str, outline: Any, coordinates: str) -> Any:
    """Return the outline as a valid Polygon or MultiPolygon, or raise GeometryError."""
    if not isinstance(outline, shapely.Geometry):
        try:
            vertices = np.array(list(outline), dtype=np.float64)
            if not np.isfinite(vertices).all():
                raise GeometryError(f"{name} must have finite vertices {coordinates}, got {vertices.tolist()}")
            outline = Polygon(vertices)
        except GeometryError:
            raise
        except (TypeError, ValueError) as error:
            raise GeometryError(
                f"{name} must be a shapely Polygon or at least three {coordinates} vertices, got {outline!r}"
            ) from error
    if not isinstance(outline, Polygon | MultiPolygon):
        raise GeometryError(f"{name} must be a shapely Polygon or MultiPolygon, got a {outline.geom_type}")
    if outline.is_empty:
        raise GeometryError(f"{name} must enclose an area, got an empty {outline.geom_type}")
    outline = shapely.force_2d(outline)
    if not np.isfinite(shapely.get_coordinates(outline)).all():
        raise GeometryError(f"{name} must have finite vertices {coordinates}, got {outline.wkt}")
    if not outline.is_valid:
        raise GeometryError(f"{name} must be a simple polygon, but shapely says: {shapely.is_valid_reason(outline)}")
    if not outline.area > 0:
        raise GeometryError(f"{name} must enclose an area, got {outline.wkt}")
    # one way to write a region: no negative zeros, no collection of one part
    outline = shapely.transform(outline, lambda coordinates: coordinates + 0.0)
    parts = [part for part in shapely.get_parts(outline) if not part.is_empty]
    return parts[0] if len(parts) == 1 else outline


def key(outline: Any) -> bytes:
    """Return the same bytes for outlines that differ only in where their rings begin or which way they go."""
    return bytes(shapely.to_wkb(shapely.normalize(outline)))


def as_box(outline: Any) -> tuple[float, float, float, float] | None:
    """Return (x1, y1, x2, y2) if the outline is a rectangle along the axes, else None."""
    box = shapely.box(*outline.bounds)
    return tuple(outline.bounds) if key(outline) == key(box) else None


def combined(left: Any, right: Any, operation: str) -> Any:
    """Return the union, intersection or difference of two outlines, or None if empty or in doubt.

    The overlay of outlines with edges that all but coincide can lose or gain whole pieces without a word
    (seen with GEOS 3.14). The areas of all four overlays must therefore add up to those of the two outlines.
    """
    both, either = shapely.intersection(left, right), shapely.union(left, right)
    only_left, only_right = shapely.difference(left, right), shapely.difference(right, left)
    errors = (
        left.area - both.area - only_left.area,
        right.area - both.area - only_right.area,
        either.area - both.area - only_left.area - only_right.area,
    )
    if np.abs(errors).max() > 1e-10 * (left.area + right.area):
        return None
    parts = shapely.get_parts({"|": either, "&": both, "-": only_left}[operation])
    pieces = [part for part in parts if isinstance(part, Polygon) and part.area > 0]
    if not pieces:
        return None
    outline = pieces[0] if len(pieces) == 1 else MultiPolygon(pieces)
    return outline if outline.is_valid else None
