"""Figures and tables of papers, made anew and compared.

A paper is a folder with its exhibits here, and one with drawings of the same names in `farflung.viz.papers`.
"""

from farflung.scenarios.papers.check import Check, line, verdicts
from farflung.scenarios.papers.exhibit import Exhibit, Panels
from farflung.scenarios.papers.folder import Folder
from farflung.scenarios.papers.paper import Paper
from farflung.scenarios.papers.registry import find_paper, paper_names, register_paper
from farflung.scenarios.papers.run import Run
from farflung.scenarios.papers.tables import Table, excluded_intervals, tidy

__all__ = [
    "Check",
    "Exhibit",
    "Folder",
    "Panels",
    "Paper",
    "Run",
    "Table",
    "excluded_intervals",
    "find_paper",
    "line",
    "paper_names",
    "register_paper",
    "tidy",
    "verdicts",
]
