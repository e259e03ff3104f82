"""Outlines in the (z, r) half-plane that collider detectors have in common."""

import numpy as np
from shapely import Polygon, box


def polar_wedge(theta_min: float, theta_max: float, size: float) -> Polygon:
    """Everything between two polar angles, seen from the origin, out to |z| = r = `size`.

    Parameters
    ----------
    theta_min, theta_max
        Polar angles [rad], with 0 < theta_min < pi/2 < theta_max < pi.
    size
        Where the outline ends [m]; larger than what it is cut with.
    """
    # far enough along each ray that the sides of the square lie inside the polygon
    reach = 3 * size / np.sin([theta_min, theta_max])
    forward = reach[0] * np.array([np.cos(theta_min), np.sin(theta_min)])
    backward = reach[1] * np.array([np.cos(theta_max), np.sin(theta_max)])
    return Polygon([(0.0, 0.0), forward, backward])


def tube(z_min: float, z_max: float, r_min: float, r_max: float) -> Polygon:
    """Everything between two radii and two z [m]."""
    return box(z_min, r_min, z_max, r_max)
