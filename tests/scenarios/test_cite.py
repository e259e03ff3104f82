"""BibTeX of the package and of what results, detectors and models refer to."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pytest

from farflung.command_line import main
from farflung.detectors import Detector, Search, detector_names, make_detector
from farflung.geometry import Revolved
from farflung.lpp import FreeParticle, make_model, model_names
from farflung.scenarios import ScenarioError, acceptance_table, compare, lifetime_plane
from farflung.scenarios.citations import bibtex, references_in
from farflung.scenarios.sweeps.acceptance_table import write_acceptance
from farflung.scenarios.sweeps.lifetime_plane import write_plane

ROOT = Path(__file__).resolve().parents[2]
ENTRY = re.compile(r"@(article|misc)\{([^\s,{}]+),\n((?:  \w+ = \{.*\},\n)+)\}")


def fields_of(entry):
    """Fields of an entry, whose braces must be balanced and whose letters ASCII."""
    match = ENTRY.fullmatch(entry)
    assert match, entry
    assert entry.isascii()
    depth = np.cumsum([(letter == "{") - (letter == "}") for letter in entry])
    assert depth[-1] == 0
    assert (depth >= 0).all()
    fields = dict(re.findall(r"  (\w+) = \{(.*)\},", match[3]))
    return {"kind": match[1], "key": match[2], **fields}


def own_references():
    owners = [make_model(name) for name in model_names()]
    references = [text for owner in owners for text in owner.references]
    for name in detector_names():
        detector = make_detector(name)
        references += detector.references
        references += [text for search in detector.searches.values() for text in search.references]
    return sorted({*references, *FreeParticle.references})


@pytest.mark.parametrize("reference", own_references())
def test_every_reference_has_an_entry(reference):
    entries, others = bibtex([reference])
    assert len(entries) == 1
    assert others == []
    fields = fields_of(entries[0])
    assert fields.get("eprint") or fields["kind"] == "article"


def test_the_table_agrees_with_what_references_say_themselves():
    known = tomllib.loads((ROOT / "scenarios" / "data" / "papers.toml").read_text(encoding="utf-8"))
    assert {text for text in known if bibtex([text])[0] == []} == set()
    for facts in known.values():
        assert set(facts) <= {
            "author",
            "first",
            "collaboration",
            "title",
            "journal",
            "volume",
            "pages",
            "year",
            "eprint",
        }
        assert ("author" in facts) != ("first" in facts)
    # a preprint of year and month appears in print in the same year or later, and within three
    for name, facts in known.items():
        modern = re.fullmatch(r"arXiv:(\d\d)\d\d\.\d{4,5}", name)
        if modern and "year" in facts:
            assert 0 <= facts["year"] - 2000 - int(modern[1]) <= 3, name


def test_an_entry_has_the_facts():
    # arXiv:2201.06580 was published in JHEP 04 (2023) 131
    ((entry,), _) = bibtex(["arXiv:2201.06580, section 5"])
    fields = fields_of(entry)
    assert (fields["kind"], fields["key"], fields["eprint"]) == ("article", "arXiv:2201.06580", "2201.06580")
    assert (fields["journal"], fields["volume"], fields["year"], fields["pages"]) == ("JHEP", "04", "2023", "131")
    assert fields["author"].startswith('Ferber, Torben and Filimonova, Anastasiia and Sch{\\"a}fer, Ruth')
    assert fields["title"] == "{Displaced or invisible? ALPs from $B$ decays at Belle II}"


def test_of_what_is_not_known_nothing_is_invented():
    entries, others = bibtex(
        ["arXiv:2601.12345, figure 2", "Nucl. Phys. B 5 (1977) 17", "a drawing", "arXiv:2601.12345"]
    )
    assert [fields_of(entry) for entry in entries] == [
        {"kind": "misc", "key": "arXiv:2601.12345", "eprint": "2601.12345", "archivePrefix": "arXiv"},
        {"kind": "article", "key": "NuclPhysB5197717", "journal": "Nucl. Phys. B", "volume": "5", "year": "1977",
         "pages": "17"},
    ]  # fmt: skip
    assert others == ["a drawing"]


class Far(Detector):
    """One detector and one search, each with a paper of its own."""

    name, title, references = "far", "Far", ("arXiv:2601.00001", "a drawing")

    def __init__(self):
        search = Search("decays", "all", "inside", "tube", references=("arXiv:2601.00002, table 1",))
        super().__init__(make_detector("belle2").source, {"tube": Revolved.tube(z=(1, 9), r=(0.1, 3))}, [search])


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """Files of all kinds."""
    folder = tmp_path_factory.mktemp("results")
    found = compare(["babar:invisible", Far()], "dark-scalar", [0.3, 0.5], np.geomspace(1e-5, 1e-2, 12), n=512)
    for suffix in ("nc", "json", "csv"):
        found.write(folder / f"reach.{suffix}")
    write_acceptance(acceptance_table("belle2", "alp-weak", 0.3, [0.1, 1.0], n=512), folder / "acceptance.csv")
    write_plane(lifetime_plane(["belle2"], "B+ -> K+", 0.3, [0.1, 1.0], n=512), folder / "plane.json")
    return folder


def keys_printed(capsys):
    printed = capsys.readouterr().out
    return [fields_of(entry.split("\n\n%")[0])["key"] for entry in re.split(r"\n\n(?=@)", printed.strip())], printed


@pytest.mark.parametrize("suffix", ["nc", "json", "csv"])
def test_every_paper_behind_a_reach_is_printed(results, suffix, capsys):
    assert main(["cite", str(results / f"reach.{suffix}")]) == 0
    keys, printed = keys_printed(capsys)
    expected = [*make_model("dark-scalar").references, *make_detector("babar").references]
    assert keys == ["farflung", *expected, "arXiv:2601.00001", "arXiv:2601.00002"]
    assert printed.endswith("\n% Also named, without an entry:\n%   a drawing\n")


def test_other_results_have_theirs(results, capsys):
    assert main(["cite", str(results / "acceptance.csv"), str(results / "plane.json")]) == 0
    keys, _ = keys_printed(capsys)
    assert set(keys) == {"farflung", *make_model("alp-weak").references, *make_detector("belle2").references}
    assert len(keys) == len(set(keys))


def test_names_stand_for_their_papers(capsys):
    assert main(["cite", "na62", "dark-scalar"]) == 0
    keys, _ = keys_printed(capsys)
    assert set(keys) == {"farflung", *make_detector("na62").references, *make_model("dark-scalar").references}


def test_the_package_is_cited_as_its_citation_file_says(capsys):
    assert main(["cite"]) == 0
    fields = fields_of(capsys.readouterr().out.strip())
    told = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    title, author = re.search(r"^title: (.*)$", told, re.M)[1], re.search(r"- name: (.*)$", told, re.M)[1]
    assert fields["title"].startswith("{" + title)
    assert fields["author"] == "{" + author + "}"
    assert version("farflung") in fields["note"]


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (None, "none.csv", "cannot be read"),
        ("mass,limit\n", "other.csv", "names no papers"),
        ("[1, 2]", "list.json", "names no papers"),
        ("{", "broken.json", "cannot be read"),
        ("no netCDF", "broken.nc", "cannot be read"),
        ("", "reach.txt", "must end in"),
    ],
)
def test_what_cannot_be_cited_is_told(tmp_path, content, name, message):
    path = tmp_path / name
    if content is not None:
        path.write_text(content)
    with pytest.raises(ScenarioError, match=message):
        references_in(path)


def test_a_slip_is_told_with_what_is_near(capsys):
    assert main(["cite", "bele2"]) == 2
    assert "did you mean belle2" in capsys.readouterr().err
