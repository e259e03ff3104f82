"""Drawings of the exhibits of papers, under the same names as in `farflung.scenarios.papers`."""

from farflung.viz.papers.registry import draw, register_drawings

__all__ = ["draw", "register_drawings"]
