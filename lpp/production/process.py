"""Decays of Standard Model particles that make a long-lived particle."""

from dataclasses import dataclass

from farflung.lpp import standard_model
from farflung.lpp.errors import MassRangeError, ProcessError


@dataclass(frozen=True)
class TwoBodyDecay:
    """The decay of a parent into one daughter and the long-lived particle, such as ``B+ -> K+ X``.

    Parameters
    ----------
    parent, daughter
        PDG names as `particle` writes them: ``"B+"``, ``"K+"``, ``"K*(892)0"``.
    """

    parent: str
    daughter: str

    @classmethod
    def parse(cls, text: str) -> "TwoBodyDecay":
        """Read ``"B+ -> K+"``.

        Raises
        ------
        ProcessError
            If the text is not of the form ``"parent -> daughter"``.
        """
        names = [name.strip() for name in text.split("->")]
        if len(names) != 2 or not all(names):
            raise ProcessError(f"process = {text!r} is not a decay; write it as in 'B+ -> K+'")
        return cls(*names)

    def __str__(self) -> str:
        return f"{self.parent} -> {self.daughter}"

    @property
    def parent_mass(self) -> float:
        """Mass of the parent [GeV]."""
        return standard_model.mass(self.parent)

    @property
    def daughter_mass(self) -> float:
        """Mass of the daughter [GeV]."""
        return standard_model.mass(self.daughter)

    @property
    def max_mass(self) -> float:
        """The heaviest long-lived particle that the decay can make [GeV]."""
        return self.parent_mass - self.daughter_mass

    def require(self, mass: float) -> None:
        """Raise `MassRangeError` unless a particle of this mass [GeV] can be made."""
        if not mass < self.max_mass:
            raise MassRangeError(
                f"mass = {mass:g} GeV is above m({self.parent}) - m({self.daughter}) = {self.max_mass:.4f} GeV, "
                f"so {self} + X cannot happen; choose a smaller mass"
            )
