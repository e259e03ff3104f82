"""Many numbers in the text of a page."""

from base64 import b64encode

import numpy as np
from numpy.typing import ArrayLike


def packed(numbers: ArrayLike) -> str:
    """Numbers as text: single precision, little-endian, in base 64; the page's script reads it with ``unpacked``."""
    return b64encode(np.ascontiguousarray(numbers, dtype="<f4").tobytes()).decode("ascii")
