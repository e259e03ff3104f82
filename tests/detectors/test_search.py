import dataclasses

import numpy as np
import pytest

from farflung.detectors import BelleII, Detector, DetectorError, MassTable, Search, UnknownNameError
from farflung.lpp import TwoBodyDecay

GOOD = Search("displaced", "displaced muons", "inside", "barrel", (TwoBodyDecay("B+", "K+"),), ("mumu",))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": "a:b"}, "name = 'a:b' of a search must be a word"),
        ({"decays": "around"}, "decays = 'around' of search 'displaced'"),
        ({"processes": ("B -> K+",)}, "particle = 'B' is not a PDG name"),
        ({"processes": ("B+ K+",)}, "is not a decay"),
        ({"final_states": ("mumu", "mumuu")}, "final state = 'mumuu' is in no list; did you mean mumu"),
        ({"efficiency": {"mumuu": 0.5}}, r"efficiency\['mumuu'\] .* did you mean mumu"),
        ({"efficiency": {"ee": 0.5}}, r"efficiency\['ee'\] .* did you mean mumu"),
        ({"efficiency": {"B+ -> K": 0.5}}, r"efficiency\['B\+ -> K'\] .* did you mean B\+ -> K\+"),
        ({"final_states": "mumu"}, "must be a tuple of different names"),
        ({"final_states": ("mumu", "mumu")}, "must be a tuple of different names"),
        ({"efficiency": 1.5}, "efficiency = 1.5"),
        ({"background": -1.0}, "background = -1"),
        ({"observed": -3}, "observed = -3"),
        ({"confidence_level": 90}, "confidence_level = 90"),
    ],
)
def test_a_search_says_what_is_wrong_with_it(change, message):
    with pytest.raises(DetectorError, match=message):
        dataclasses.replace(GOOD, **change)


@pytest.mark.parametrize(
    ("mass", "efficiency"),
    [((), ()), ((1.0, 0.5), (0.1, 0.1)), ((1.0, np.nan), (0.1, 0.1)), ((1.0,), (-2.0,)), ((1.0,), ())],
)
def test_a_mass_table_says_what_is_wrong_with_it(mass, efficiency):
    with pytest.raises(DetectorError, match=r"mass|value"):
        MassTable(mass, efficiency, "nowhere")


def test_a_detector_says_what_is_wrong_with_it():
    belle2 = BelleII()

    class Nameless(Detector):
        pass

    class Empty(Detector):
        name, title = "empty", "Nothing"

    with pytest.raises(DetectorError, match="Nameless has no name"):
        Nameless(belle2.source, {}, [])
    with pytest.raises(UnknownNameError, match="solid = 'barrel' is not one of empty's"):
        Empty(belle2.source, belle2.solids, [GOOD])
    with pytest.raises(DetectorError, match="search name = 'displaced' appears twice"):
        Empty(belle2.source, belle2.solids, [belle2.search("displaced")] * 2)
