"""Files of the user's own, which register detectors and models."""

import re
import runpy
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from farflung.scenarios.errors import ScenarioError


def load(paths: Sequence[str]) -> None:
    """Run Python files, in this order, as modules of their own.

    The modules' names depend on nothing but the files, so that another process which loads the same files understands
    their classes when it is sent them.

    Parameters
    ----------
    paths
        The files.

    Raises
    ------
    ScenarioError
        If one is not a file or not Python.
    """
    for place, path in enumerate(paths):
        if not Path(path).is_file():
            raise ScenarioError(f"load = '{path}' is not a file; give a Python file that registers detectors or models")
        module = ModuleType(f"_farflung_loaded_{place}_" + re.sub(r"\W", "_", Path(path).stem))
        try:
            vars(module).update(runpy.run_path(path, run_name=module.__name__))
        except SyntaxError as problem:
            raise ScenarioError(f"load = '{path}' is not Python: {problem}") from problem
        sys.modules[module.__name__] = module
