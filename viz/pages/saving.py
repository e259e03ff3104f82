"""Pages become files."""

import os

from farflung.scenarios.output import PAGE_SUFFIXES, write_whole


def save_page(page: str, path: str | os.PathLike[str]) -> None:
    """Write a page to a .html file, whole or not at all.

    Parameters
    ----------
    page
        What `detector_page`, `reach_page` or `plane_page` returns.
    path
        The file.

    Raises
    ------
    ScenarioError
        If the file's name has another ending, or it cannot be written.
    """
    write_whole(os.fspath(path), PAGE_SUFFIXES, lambda part: part.write_text(page, encoding="utf-8"), "path")
