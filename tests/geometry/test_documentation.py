"""What the documentation of the geometry shows is what one gets."""

import doctest
import importlib
from pathlib import Path

import pytest

import farflung.geometry

NAMES = {name: getattr(farflung.geometry, name) for name in farflung.geometry.__all__}
PAGE = Path(__file__).parents[2] / "docs" / "geometry.md"


@pytest.mark.parametrize(
    "module", ["convex", "halfspace", "polar", "prism", "revolved", "sphere", "stretches"]
)
def test_docstrings(module):
    result = doctest.testmod(importlib.import_module(f"farflung.geometry.{module}"), extraglobs=NAMES)
    assert result.attempted > 0
    assert result.failed == 0


def test_page():
    result = doctest.testfile(str(PAGE), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert result.attempted > 10
    assert result.failed == 0
