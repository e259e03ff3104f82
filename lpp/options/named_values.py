"""Values that an option takes by name, such as form factors."""

from farflung.lpp.errors import OptionError
from farflung.lpp.registry import Registry

_NAMED: dict[type, Registry[object]] = {}


def named_values(kind: type) -> Registry[object]:
    """Values of a kind that options take by name; register one to let ``--set`` say it.

    Parameters
    ----------
    kind
        The type that the signature asks for, such as `farflung.lpp.FormFactor`.

    Examples
    --------
    >>> from farflung.lpp import FormFactor
    >>> "LATTICE_B_TO_K" in named_values(FormFactor).names()
    True
    """
    return _NAMED.setdefault(kind, Registry(kind.__name__, OptionError))
