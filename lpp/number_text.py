"""Numbers that are written in a text: on a command line, in a table."""

import re

_NUMBER = re.compile(r"[+-]?((\d+\.?\d*|\.\d+)(e[+-]?\d+)?|inf|infinity|nan)", re.ASCII | re.IGNORECASE)
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def read_number(text: str) -> float:
    """The number that a text is, blanks around it aside.

    Python by itself reads more: ``1_0e-9``, and the digits of other scripts, which a table has by mistake alone.

    Raises
    ------
    ValueError
        If it is none.

    Examples
    --------
    >>> read_number(" 2.5e-9")
    2.5e-09
    """
    if not _NUMBER.fullmatch(text.strip()):
        raise ValueError(f"{text!r} is not a number")
    return float(text)


def read_whole_number(text: str) -> int:
    """The whole number, with or without a sign, that a text is in decimal digits; raises ValueError if it is none."""
    if not re.fullmatch(r"[+-]?\d+", text.strip(), re.ASCII):
        raise ValueError(f"{text!r} is not a whole number")
    return int(text)


def scientific(value: float) -> str:
    """A positive number as people write it, with a power of ten where it is large or small.

    Examples
    --------
    >>> scientific(1e18), scientific(2.5e17), scientific(50.0)
    ('10¹⁸', '2.5 × 10¹⁷', '50')
    """
    digits, _, exponent = f"{value:g}".partition("e")
    if not exponent:
        return digits
    power = ten_to(int(exponent))
    return power if digits == "1" else f"{digits} × {power}"


def ten_to(power: int) -> str:
    """A power of ten in print, as in ``"10⁻⁴"``."""
    return f"10{str(power).translate(_RAISED)}"
