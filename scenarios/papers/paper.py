"""A paper: its exhibits, in order."""

from collections.abc import Iterable, Sequence

from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.papers.exhibit import Exhibit


class Paper:
    """A paper that can be reproduced.

    Parameters
    ----------
    name
        As in ``"ferber2022"``: first author and year.
    title
        Its title.
    reference
        Where to find it, as in ``"arXiv:2201.06580"``.
    exhibits
        Its figures and tables, in the order in which they are made.

    Raises
    ------
    ScenarioError
        If two exhibits share a name.
    """

    def __init__(self, name: str, title: str, reference: str, exhibits: Iterable[Exhibit]) -> None:
        self.name, self.title, self.reference = name, title, reference
        self.exhibits: dict[str, Exhibit] = {}
        for exhibit in exhibits:
            if exhibit.name in self.exhibits:
                raise ScenarioError(f"exhibit = {exhibit.name!r} appears twice in {name}")
            self.exhibits[exhibit.name] = exhibit

    def chosen(self, names: Sequence[str] = ()) -> list[Exhibit]:
        """Exhibits of these names, in the paper's order; all of them if there is no name.

        Raises
        ------
        ScenarioError
            If there is none of a name; the message lists those that are there.
        """
        for name in names:
            if name not in self.exhibits:
                raise ScenarioError(
                    f"exhibit = {name!r} is not a figure or table of {self.name}, which has {', '.join(self.exhibits)}"
                )
        return [exhibit for name, exhibit in self.exhibits.items() if not names or name in names]

    def __repr__(self) -> str:
        return f"<Paper {self.name}, {self.reference}: {', '.join(self.exhibits)}>"
