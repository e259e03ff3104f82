"""Belle II's table of generic decays in the words of Pythia 8."""

from collections.abc import Callable, Sequence
from functools import cache

from particle import Particle
from particle.converters import EvtGenName2PDGIDBiMap
from particle.exceptions import MatchingIDNotFound

from farflung.detectors.errors import DetectorError

_NUMBERS = {"X_1(3872)": 9120443}
"""Particles whose number in Pythia differs from EvtGen's."""

# Inclusive states of a quark and an antiquark: Xsd, Xsu, Xss, Xu0 and Xu+
_QUARKS = {30343: (1, -3), 30353: (2, -3), 30363: (3, -3), 43: (2, -2), 44: (2, -1)}

_KEPT = frozenset({11, 13, 15, 22, 130, 211, 310, 311, 321, 2112, 2212})
"""Particles whose decays, if any, stay as Pythia has them."""

_LEPTONS, _NEUTRINOS = (11, 13, 15), (12, 14, 16)

_MATRIX_ELEMENT = {"VSS": 2, "OMEGA_DALITZ": 1, "PHI_DALITZ": 1, "PI0_DALITZ": 11, "ETA_LLPIPI": 12}
"""EvtGen models that Pythia 8 has too, by its code; the others are phase space."""


def belle2_decays(known: Callable[[int], bool], parents: Sequence[str] = ("B+", "B0")) -> list[str]:
    """Commands that give Pythia 8 the decays of Belle II for these parents and all that they decay to.

    The decay file is the one that the package `decaylanguage` carries (DECAY_BELLE2.DEC). Branching ratios are taken
    over one by one; Pythia scales their sum to 1. Of EvtGen's models Pythia has some: semileptonic decays become
    V - A, polarised vectors and Dalitz decays keep their shape, quarks are hadronised with the same code; the others
    are phase space. Taus, K_S and what lives longer decay as in Pythia. Channels with a particle that neither Pythia
    nor the file can decay are left out: 3e-5 of the B0's and 1e-5 of the B+'s branching ratios.

    Parameters
    ----------
    known
        Whether Pythia has the particle of a PDG number: ``pythia.particleData.isParticle``.
    parents
        Names in EvtGen's manner.

    Raises
    ------
    DetectorError
        If `decaylanguage` is not installed.
    """
    try:
        from decaylanguage import DecFileParser
        from decaylanguage.data import basepath
    except ImportError as error:
        raise DetectorError(
            "the decays of Belle II need the package decaylanguage: pip install 'farflung[generators]'"
        ) from error
    parser = DecFileParser(str(basepath / "DECAY_BELLE2.DEC"))
    parser.parse(include_ccdecays=False)
    aliases = parser.dict_aliases()
    names = parser.list_decay_mother_names()
    by_number = {_number(name): name for name in names if name not in aliases}
    tables: dict[int, list[tuple[float, int, list[int]]]] = {}
    todo = [_number(name) for name in parents]
    while todo:
        mother = todo.pop()
        if mother is None or mother in tables or mother in _KEPT or mother not in by_number:
            continue
        tables[mother] = []
        name = by_number[mother]
        for mode in parser.build_decay_chains(name, stable_particles=names)[name]:
            products = [_number(aliases.get(str(product), str(product))) for product in mode["fs"]]
            if mode["bf"] > 0 and None not in products:
                numbers = [part for product in products if product is not None for part in _parts(product)]
                code, numbers = _matrix_element(mother, numbers, str(mode["model"]), mode["model_params"])
                tables[mother].append((mode["bf"], code, numbers))
                todo += [abs(number) for number in numbers]
    new = [number for number in tables if not known(number)]
    commands = [f"{number}:new = {_properties(number)}" for number in new]
    for mother, channels in tables.items():
        verb = "oneChannel"
        for ratio, code, numbers in channels:
            if len(numbers) <= 8 and all(known(abs(number)) or abs(number) in new for number in numbers):
                commands.append(f"{mother}:{verb} = 1 {ratio:.9g} {code} {' '.join(map(str, numbers))}")
                verb = "addChannel"
    return commands


@cache
def _number(name: str) -> int | None:
    """PDG number of a name of the file; None for what has none."""
    if name in _NUMBERS:
        return _NUMBERS[name]
    try:
        return int(EvtGenName2PDGIDBiMap[name])
    except MatchingIDNotFound:
        return None


def _parts(number: int) -> tuple[int, ...]:
    """The quarks of an inclusive state, or the particle itself."""
    quarks = _QUARKS.get(abs(number), (number,))
    return tuple(-quark for quark in quarks) if -number in _QUARKS else quarks


def _properties(number: int) -> str:
    """What Pythia must know of a new particle: names, 2 spin + 1, charge, colour, mass, width, range of masses."""
    particle = Particle.from_pdgid(number)
    mass, width = float(particle.mass or 0) / 1e3, float(particle.width or 0) / 1e3
    spin, charge = int(2 * (particle.J or 0)) + 1, int(particle.three_charge or 0)
    anti = "void" if particle.is_self_conjugate else f"anti{number}"
    low, high = mass - 2 * width, mass + 2 * width
    return f"new{number} {anti} {spin} {charge} 0 {mass:g} {width:g} {low:g} {high:g} 0."


def _matrix_element(mother: int, products: list[int], model: str, parameters: object) -> tuple[int, list[int]]:
    """Pythia's code for a channel, and its products in the order that the code wants."""
    if model == "PYTHIA" and isinstance(parameters, list):
        return int(parameters[0]), products
    leptons = [number for number in products if abs(number) in _LEPTONS]
    neutrinos = [number for number in products if abs(number) in _NEUTRINOS]
    others = [number for number in products if abs(number) not in _LEPTONS + _NEUTRINOS]
    if len(leptons) == len(neutrinos) == 1 and others:
        # V - A is (mother . first)(second . third): the neutrino comes first for b -> c, the lepton for c -> s
        pair = neutrinos + leptons if mother in (511, 521) else leptons + neutrinos
        return 22, pair + others
    if model == "BTOXSGAMMA":
        return 31, [number for number in products if number != 22] + [22]
    code = _MATRIX_ELEMENT.get(model, 0)
    if code in (11, 12):  # the pair of leptons comes last, the negative one first
        products = others + sorted(leptons, reverse=True)
    return code, products
