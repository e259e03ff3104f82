"""Displaced or invisible? The reach of any detector for any long-lived particle.

The floors, from below: `farflung.geometry`, `farflung.lpp`, `farflung.detectors`, `farflung.scenarios`,
`farflung.viz`; above them the command line, `farflung.command_line`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    __version__: str

__all__ = ["__version__"]


def __getattr__(name: str) -> str:
    """The version, looked up when somebody asks for it."""
    if name == "__version__":
        from importlib.metadata import version

        return version("farflung")
    raise AttributeError(f"module 'farflung' has no attribute {name!r}")
