"""NA64, electrons on a calorimeter that is their dump."""

from typing import ClassVar

import shapely

from farflung.detectors.detector import Detector
from farflung.detectors.search import Search
from farflung.detectors.sources.electron_dump import ElectronDump
from farflung.geometry import Prism
from farflung.lpp.number_text import scientific
from farflung.lpp.spectra.target import LEAD

ELECTRONS = 2.84e11
"""Electrons on target of the published search (arXiv:2005.02710, abstract)."""

THRESHOLD = 50.0
"""Energy [GeV] that its calorimeter must miss, from memory."""

_DUMP = 0.45
_MODULE = 1.3
_MODULES = 3


class NA64(Detector):
    """NA64: 100 GeV electrons of the SPS in a calorimeter of lead, and what comes out of the hadron calorimeter behind.

    Parameters
    ----------
    electrons
        Electrons on target; 5e12 for the projection of arXiv:2004.04469. With others than those of the published search
        nothing is taken as observed.
    threshold
        Least energy [GeV] that the first calorimeter misses, which is that of the particle.

    Notes
    -----
    The first calorimeter begins at z = 0; it is 40 radiation lengths of lead and scintillator in 0.45 m, nearly all of
    them of lead. Three modules of the hadron calorimeter follow, each 1.3 m long, 60 cm x 60 cm. Electrons, their
    energy and the two signatures are those of the abstract of arXiv:2005.02710; that there are 40 radiation lengths,
    all lengths, the number of modules and the threshold of 50 GeV are from memory, not confirmed at a source.

    Solids: ``"hadron calorimeter"``, its second and third module, ``"shield"``, all before these, and
    ``"calorimeters"``, everything.

    Searches, no event and none expected: ``"displaced"``: decays to photons or electrons in the second or third module,
    behind the first one as shield. ``"invisible"``: missing energy, decays behind the third one. ``"combined"``: both,
    as the published limit has it: decays behind the shield, wherever. All decays are seen: the published efficiency is
    not at hand.

    Source: `farflung.detectors.ElectronDump`, photons of the shower included, which turn into long-lived particles at
    z = 0; those that are made deeper reach the end of the shield after a shorter way.
    """

    name: ClassVar[str] = "na64"
    title = "NA64"
    sample_size: ClassVar[int] = 16384
    references: ClassVar[tuple[str, ...]] = ("arXiv:2005.02710", "arXiv:2004.04469")

    def __init__(self, electrons: float = ELECTRONS, *, threshold: float = THRESHOLD) -> None:
        self.electrons = float(electrons)
        self.threshold = float(threshold)
        source = ElectronDump(100.0, electrons, LEAD, softest_photon=threshold)
        is_published = self.electrons == ELECTRONS and self.threshold == THRESHOLD
        if not is_published:
            self.title = f"NA64, {scientific(self.electrons)} electrons, projection"
        square = shapely.box(-0.3, -0.3, 0.3, 0.3)
        shield, end = _DUMP + _MODULE, _DUMP + _MODULES * _MODULE
        solids = {
            "hadron calorimeter": Prism(square, z=(shield, end)),
            "shield": Prism(square, z=(0.0, shield)),
            "calorimeters": Prism(square, z=(0.0, end)),
        }
        observed = 0 if is_published else None
        searches = (
            Search(
                name="displaced",
                title="decays to γγ, e⁺e⁻ in the hadron calorimeter",
                decays="inside",
                solid="hadron calorimeter",
                final_states=("gammagamma", "ee"),
                observed=observed,
                references=self.references,
            ),
            Search(
                name="invisible",
                title="missing energy",
                decays="outside",
                solid="calorimeters",
                observed=observed,
                references=self.references,
            ),
            Search(
                name="combined",
                title="decays behind the shield, seen or not",
                decays="outside",
                solid="shield",
                observed=observed,
                references=self.references,
            ),
        )
        super().__init__(source, solids, searches)
