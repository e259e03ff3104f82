"""Outlines in the (z, r) half-plane that collider detectors have in common."""

import numpy as np
from shapely import Polygon, box


def polar_wedge(theta_min: float, theta_max: float, size: float) -> Polygon:
    """Everything between two polar angles, seen from the origin, up to r = `size`.

    Parameters
    ----------
    theta_min, theta_max
        Polar angles [rad], with 0 < theta_min < pi/2 < theta_max < pi.
    size
        Radius [m] at which the outline ends; larger than what it is cut with.
    """
    return Polygon([(0.0, 0.0), (size / np.tan(theta_min), size), (size / np.tan(theta_max), size)])


def tube(z_min: float, z_max: float, r_min: float, r_max: float) -> Polygon:
    """Everything between two radii and two z [m]."""
    return box(z_min, r_min, z_max, r_max)
