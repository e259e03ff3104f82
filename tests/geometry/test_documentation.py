"""What the documentation of the geometry shows is what one gets."""

import doctest
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "geometry.md"


def test_page():
    result = doctest.testfile(str(PAGE), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert result.attempted > 10
    assert result.failed == 0
