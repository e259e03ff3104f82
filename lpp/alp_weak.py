"""The benchmark in which the ALP couples to weak gauge bosons."""

from typing import ClassVar

from farflung.lpp.alp import ALP


class ALPWeak(ALP):
    """ALP with the coupling c_WW to weak gauge bosons alone at the cutoff (arXiv:2201.06580, eq. 2.13).

    Parameters
    ----------
    hadronic_threshold
        As in `ALP`.
    """

    name: ClassVar[str] = "alp-weak"
    title: ClassVar[str] = "ALP coupled to weak bosons"
    coupling_name: ClassVar[str] = "c_WW/f_a"
    coupling_range: ClassVar[tuple[float, float]] = (1e-3, 1e4)

    def __init__(self, *, hadronic_threshold: float = 1.0) -> None:
        super().__init__(c_WW=1.0, hadronic_threshold=hadronic_threshold)

    def __repr__(self) -> str:
        return (
            "ALPWeak()"
            if self.hadronic_threshold == 1.0
            else (f"ALPWeak(hadronic_threshold={self.hadronic_threshold:g})")
        )
