"""Pictures of a page, made by the code above them.

Where a page has a line ``<!-- picture: what it shows -->`` below a block of Python, the site has there what the block
draws. A code host does not show that line, and shows the code all the same.
"""

import contextlib
import io
import re
import tempfile
from pathlib import Path

from matplotlib.figure import Figure
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from extension import figures
from extension.places import REFERENCE

_PIECE = re.compile(r"```python\n(?P<code>.*?)```|^<!-- picture: (?P<says>[^\n]*?) -->$", re.DOTALL | re.MULTILINE)
_PICTURE = "\n<!-- picture: "


def draw(app: Sphinx, name: str, source: list[str]) -> None:
    """Run the code of a page that has pictures, and put them where they belong."""
    if _PICTURE not in source[0] or app.env.doc2path(name).suffix != ".md":
        return
    text, names, drawn, count = source[0], {"__name__": "__main__"}, list[Figure](), 0
    folder = Path(app.srcdir) / REFERENCE / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    figures.watch()
    pieces, end = [], 0
    with tempfile.TemporaryDirectory() as place, contextlib.chdir(place):
        for found in _PIECE.finditer(text):
            pieces.append(text[end : found.start()])
            end = found.end()
            if found["code"] is not None:
                figures.forget()
                with contextlib.redirect_stdout(io.StringIO()):
                    exec(compile(found["code"], f"{name}.md", "exec"), names)
                drawn = figures.to_show()
                pieces.append(found[0])
                continue
            if not drawn:
                raise ExtensionError(f"{name}.md: the code above the picture '{found['says']}' draws nothing")
            count += 1
            file = folder / f"{name}-{count}.png"
            drawn[-1].savefig(file, dpi=120)
            pieces.append(f"![{found['says']}]({REFERENCE}/pictures/{file.name})")
    source[0] = "".join(pieces) + text[end:]
