"""The benchmark in which the ALP couples to fermions."""

from typing import ClassVar

from farflung.lpp.alp import ALP


class ALPFermion(ALP):
    """ALP with the flavour-universal fermion coupling c_ff alone at the cutoff (arXiv:2201.06580, eq. 2.13).

    Parameters
    ----------
    hadronic_threshold
        As in `ALP`.
    """

    name: ClassVar[str] = "alp-fermion"
    title: ClassVar[str] = "ALP coupled to fermions"
    coupling_name: ClassVar[str] = "c_ff/f_a"
    coupling_range: ClassVar[tuple[float, float]] = (1e-6, 1e1)

    def __init__(self, *, hadronic_threshold: float = 1.0) -> None:
        super().__init__(c_ff=1.0, hadronic_threshold=hadronic_threshold)

    def __repr__(self) -> str:
        return (
            "ALPFermion()"
            if self.hadronic_threshold == 1.0
            else (f"ALPFermion(hadronic_threshold={self.hadronic_threshold:g})")
        )
