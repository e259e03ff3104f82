"""Belle II at SuperKEKB."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal

from farflung.detectors.detector import Detector
from farflung.detectors.errors import DetectorError
from farflung.detectors.experiments.belle_diphoton import diphoton_search
from farflung.detectors.search import Search
from farflung.detectors.searches.beside import Beside
from farflung.detectors.searches.products.calorimeter_photons import CalorimeterRegion
from farflung.detectors.searches.result_tables import MassTable
from farflung.detectors.sources.b_factory import BFactory
from farflung.geometry import PolarAngle, Revolved, Solid
from farflung.lpp import TwoBodyDecay

CROSS_SECTIONS = {"B+": 0.54, "B0": 0.51}
"""Cross-sections [nb] of e+ e- -> B+ B- and B0 B0bar (arXiv:2201.06580, section 4.1)."""

INVISIBLE_EFFICIENCY = MassTable(
    mass=(0.005, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.2, 2.4),
    value=(*(0.1007, 0.0999, 0.0972, 0.0923, 0.0849, 0.0743, 0.0604, 0.0435, 0.0273, 0.0140, 0.0055, 0.0016, 0.0003),),
    source="a million events for each mass of farflung.detectors.experiments.belle2_missing_energy, seed 1, with the "
    "cuts of arXiv:2201.06580, eq. 4.1; its table 1 has 0.1091, 0.1022, 0.0770 and 0 at 5 MeV, 0.3, 1 and 3 GeV",
    above=0.0,
)

SELECTED_KAON = Beside("K+", transverse_momentum=(2.01, 2.75), polar_degrees=(17.0, 150.0))
"""The kaon of selected events (arXiv:2201.06580, eq. 4.1).

Its transverse momentum is above 3.0 - 0.0165 M^2 GeV, with M^2 below 60 GeV^2.
"""

BACKGROUND_PER_PAIR = {"B+": 39e-7, "B0": 28e-7}
"""Background events of the invisible search for each pair of B mesons (arXiv:2201.06580, section 4.2)."""

NO_CONTINUUM = (
    "continuum background (lighter quarks and taus) is set to zero, as in arXiv:2201.06580, although the simulation "
    "finds that the cuts leave thousands of 10 M events of each kind"
)
"""Assumption of the invisible search about e+ e- -> q qbar and tau+ tau-."""

CALORIMETERS = {
    "plain": (CalorimeterRegion(17.0, 150.0, 0.050),),
    "gaps": (
        CalorimeterRegion(32.2, 128.7, 0.050),
        CalorimeterRegion(12.4, 31.4, 0.100),
        CalorimeterRegion(130.7, 155.1, 0.150),
    ),
}
"""Polar angles [degrees] that the calorimeter covers: as in arXiv:2201.06580, or barrel and end caps (arXiv:1011.0352).

The least energies [GeV] of photons are those of Belle, whose crystals these are; without end caps that of the barrel.
"""

MODES = {"K+": 1.0, "K0": 0.346, "K*0": 0.667, "K*+": 0.564}
"""Kaons of the searches for visible decays, with the branching fractions by which they are found.

K0 -> K_S -> pi+ pi- is 0.5 x 0.692, K*0 -> K+ pi- is 2/3, K*+ -> K+ pi0 or K_S pi+ is 1/3 + 2/3 x 0.346 (Review of
Particle Physics; isospin for the K*).
"""

_DECAYS = {
    "K+": TwoBodyDecay("B+", "K+"),
    "K0": TwoBodyDecay("B0", "K0"),
    "K*0": TwoBodyDecay("B0", "K*(892)0"),
    "K*+": TwoBodyDecay("B+", "K*(892)+"),
}

_SCALAR = "A. Filimonova, R. Schäfer, S. Westhoff, arXiv:1911.03176, figure 2"


def super_kekb(luminosity: float) -> BFactory:
    """The collisions of SuperKEKB, in the frame of Belle II's drift chamber.

    Parameters
    ----------
    luminosity
        Integrated luminosity [ab^-1].
    """
    return BFactory(
        electron_energy=7.004,
        positron_energy=4.002,
        half_crossing_angle=41.5e-3,
        luminosity=luminosity,
        cross_sections=CROSS_SECTIONS,
    )


class BelleII(Detector):
    """Belle II: B+ -> K+ X, with X seen as a displaced vertex or not seen at all.

    Parameters
    ----------
    luminosity
        Integrated luminosity [ab^-1]; arXiv:2201.06580 uses 0.5 and 50.
    background
        False for the optimistic projection without background of figures 11 and 12.
    displaced_efficiency
        Probability to reconstruct a displaced pair of leptons inside its fiducial volume.
    extended
        True for more final states, each a search of its own: see below.
    modes
        Kaons beside which a visible decay is looked for, of "K+", "K0" (as K_S -> pi+ pi-), "K*0" and "K*+". The
        invisible search has the K+ alone, for which there are efficiency and background.
    calorimeter
        ``"plain"`` for the 17 to 150 degrees of arXiv:2201.06580; ``"gaps"`` for what the crystals cover, 12.4 to 31.4,
        32.2 to 128.7 and 130.7 to 155.1 degrees (Technical Design Report): then the calorimeter and the envelope end
        at those angles, and a particle that decays in a gap is not seen.
    factorised
        True to multiply the efficiency of the invisible search with the probability to decay outside averaged over all
        particles, as arXiv:2201.06580 does, not over those of selected events.

    Raises
    ------
    DetectorError
        If a mode or the calorimeter is none of these.

    Notes
    -----
    Solids, all within the acceptance of the drift chamber, 17 to 150 degrees (section 4.1), and seen from the
    nominal interaction point; z is the axis of the drift chamber:

    - ``"drift chamber"``: r from 16 to 113 cm (Belle II Technical Design Report, arXiv:1011.0352, table 6.1).
      Its ends are taken to be the faces of the end caps of the calorimeter.
    - ``"calorimeter"``: barrel r from 125 to 162 cm, front faces of the end caps at z = 196 and -102 cm (Technical
      Design Report, section 9), crystals 30 cm deep.
    - ``"envelope"``: everything up to the back of the calorimeter's crystals. A decay inside is seen, also one
      before the drift chamber, since its products cross it; a decay outside is not (section 4.2, eq. 3.2).
      Figure 9 of the paper shows this volume without numbers: were it to end at the front faces of the end caps,
      the invisible probability would change by 1 % at m = 0.3 GeV and c tau = 1 m.
    - ``"vertexing volume"``: 0.9 < r < 60 cm, -55 < z < 140 cm, where displaced vertices are found (arXiv:1911.03176
      and section 5).

    Searches:

    - ``"displaced"``: decays to e+ e- or mu+ mu- in the vertexing volume, no background.
    - ``"invisible"``: decays outside the envelope, averaged over events whose kaon can be selected. Such particles fly
      into the detector, so that nothing escapes at short lifetimes: at m = 0.3 GeV the average is that of the full
      simulation (`farflung.detectors.experiments.belle2_missing_energy`) within 1 % at c tau = 1 m, 6 % at 10 cm and
      10 % at 3 cm. The paper multiplies two averages over all events (`factorised`), and so keeps the 8 % of
      particles that fly where there is no detector, with kaons that no selection keeps.

    And with `extended`:

    - ``"muons"``, ``"mesons"``, ``"taus"``: displaced mu+ mu-, pi+ pi- and K+ K-, tau+ tau- in the vertexing volume, at
      least 3 events without background, which is 95 % CL: the dark scalar's (arXiv:1911.03176, figure 2). The paper
      adds up all kaons, as ``modes=("K+", "K0", "K*0", "K*+")`` does. Pions near the K_S mass count like others.
    - ``"diphoton"``: Belle's search for a peak in the mass of two photons, with its efficiency and with its background
      scaled to the luminosity (`farflung.detectors.experiments.belle_diphoton`), before the calorimeter of Belle II.
    """

    name: ClassVar[str] = "belle2"
    title = "Belle II"
    references: ClassVar[tuple[str, ...]] = ("arXiv:2201.06580", "arXiv:1911.03176", "arXiv:1011.0352")

    def __init__(
        self,
        luminosity: float = 50.0,
        *,
        background: bool = True,
        displaced_efficiency: float = 1.0,
        extended: bool = False,
        modes: Sequence[str] = ("K+",),
        calorimeter: Literal["plain", "gaps"] = "plain",
        factorised: bool = False,
    ) -> None:
        self.luminosity = float(luminosity)
        self.title = f"Belle II, {self.luminosity:g} ab⁻¹"
        self.background = bool(background)
        self.displaced_efficiency = float(displaced_efficiency)
        self.extended = bool(extended)
        self.factorised = bool(factorised)
        self.modes = _checked_modes(modes)
        if calorimeter not in CALORIMETERS:
            raise DetectorError(f"calorimeter = {calorimeter!r} is not one of {', '.join(CALORIMETERS)}")
        self.calorimeter = calorimeter
        source = super_kekb(luminosity)
        acceptance = PolarAngle.from_degrees(17, 150)
        up_to_crystals = Revolved.tube(z=(-1.02, 1.96), r=(0, 1.25))
        behind_crystals = Revolved.tube(z=(-1.32, 2.26), r=(0, 1.62))
        solids = {
            "drift chamber": acceptance & Revolved.tube(z=(-1.02, 1.96), r=(0.16, 1.13)),
            "calorimeter": _within(CALORIMETERS[calorimeter], behind_crystals - up_to_crystals),
            "envelope": _within(CALORIMETERS[calorimeter], behind_crystals),
            "vertexing volume": acceptance & Revolved.tube(z=(-0.55, 1.40), r=(0.009, 0.60)),
        }
        pairs = {name: source.number_of(name) / 2 for name in CROSS_SECTIONS}
        expected = sum(BACKGROUND_PER_PAIR[name] * pairs[name] for name in pairs)
        b_to_k = tuple(_DECAYS[mode] for mode in self.modes)
        found: float | dict[str, float] = self.displaced_efficiency
        if self.modes != ("K+",):
            found = {str(_DECAYS[mode]): MODES[mode] * self.displaced_efficiency for mode in self.modes}
        searches = [
            Search(
                name="displaced",
                title="displaced e⁺e⁻, μ⁺μ⁻",
                decays="inside",
                solid="vertexing volume",
                processes=b_to_k,
                final_states=("ee", "mumu"),
                efficiency=found,
                references=("arXiv:2201.06580, section 5",),
            ),
            Search(
                name="invisible",
                title="missing energy" if self.background else "missing energy without background",
                decays="outside",
                solid="envelope",
                processes=(_DECAYS["K+"],),
                efficiency=INVISIBLE_EFFICIENCY,
                background=expected if self.background else 0.0,
                note=NO_CONTINUUM if self.background else "",
                references=("arXiv:2201.06580, section 4",),
                beside=() if self.factorised else (SELECTED_KAON,),
                beside_in_efficiency=True,
            ),
        ]
        if self.extended:
            solids["inner volume"] = up_to_crystals
            searches += [_three_events(name, title, states, b_to_k, found) for name, title, states in _VISIBLE]
            photons = CALORIMETERS[calorimeter]
            searches.append(diphoton_search("inner volume", up_to_crystals, photons, self.luminosity))
        super().__init__(source, solids, searches)


class ExtendedBelleII(BelleII):
    """`BelleII` with all its final states and all its kaons.

    Parameters
    ----------
    luminosity, background, displaced_efficiency, modes, calorimeter, factorised
        As in `BelleII`, but with all kaons by default.
    """

    name: ClassVar[str] = "belle2-extended"

    def __init__(
        self,
        luminosity: float = 50.0,
        *,
        background: bool = True,
        displaced_efficiency: float = 1.0,
        modes: Sequence[str] = tuple(MODES),
        calorimeter: Literal["plain", "gaps"] = "plain",
        factorised: bool = False,
    ) -> None:
        super().__init__(
            luminosity,
            background=background,
            displaced_efficiency=displaced_efficiency,
            extended=True,
            modes=modes,
            calorimeter=calorimeter,
            factorised=factorised,
        )
        self.title = f"{self.title}, all final states"


extended_belle2 = ExtendedBelleII


_VISIBLE = (
    ("muons", "displaced μ⁺μ⁻", ("mumu",)),
    ("mesons", "displaced π⁺π⁻, K⁺K⁻", ("pipi", "KK")),
    ("taus", "displaced τ⁺τ⁻", ("tautau",)),
)


def _three_events(
    name: str,
    title: str,
    final_states: tuple[str, ...],
    processes: tuple[TwoBodyDecay, ...],
    efficiency: float | Mapping[str, float],
) -> Search:
    """A search of arXiv:1911.03176: 3 expected events where none is seen make 95 % CL."""
    return Search(
        name=name,
        title=title,
        decays="inside",
        solid="vertexing volume",
        processes=processes,
        final_states=final_states,
        efficiency=efficiency,
        confidence_level=0.95,
        references=(_SCALAR,),
    )


def _within(regions: tuple[CalorimeterRegion, ...], solid: Solid) -> Solid:
    """What of a solid lies in the regions' polar angles."""
    parts = [PolarAngle.from_degrees(region.low, region.high) & solid for region in regions]
    covered = parts[0]
    for part in parts[1:]:
        covered = covered | part
    return covered


def _checked_modes(modes: Sequence[str]) -> tuple[str, ...]:
    chosen = (modes,) if isinstance(modes, str) else tuple(modes)
    unknown = [mode for mode in chosen if mode not in MODES]
    if unknown or not chosen or len(set(chosen)) != len(chosen):
        raise DetectorError(f"modes = {chosen} must be different names of {', '.join(MODES)}")
    return chosen
