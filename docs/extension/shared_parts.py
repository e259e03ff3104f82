"""Parts that pages of detectors and of models have in common."""

from collections.abc import Callable, Sequence

from extension import docstrings, markdown
from extension.public import public_names
from farflung.lpp import options_of


def front(name: str, title: str, factory: Callable[..., object]) -> str:
    """Title, the name, the class, and what its docstring says before all else."""
    kind = docstrings.class_of(factory)
    summary, _ = docstrings.parts(kind)
    made = f"`{kind.__name__}` in Python" if kind.__name__ in public_names() else f"made by `{kind.__name__}`"
    return f"# {markdown.plain(title)}\n\n`{name}` on the command line, {made}.\n\n{markdown.from_rest(summary)}"


def notes(factory: Callable[..., object], base: type) -> str:
    """Notes of the docstring and of those of its bases, each with its class."""
    kind = docstrings.class_of(factory)
    found = markdown.from_rest(docstrings.parts(kind)[1])
    for other in docstrings.bases(kind, base):
        summary, said = docstrings.parts(other)
        found += f"\nFrom `{other.__name__}`:\n\n" + markdown.from_rest(f"{summary}\n\n{said}")
    return found


def options(name: str, factory: Callable[..., object]) -> str:
    """Table of the options, as ``--set`` takes them."""
    rows = [
        (markdown.code(option.name), markdown.code(option.default or ""), markdown.plain(option.meaning),
         markdown.plain(option.reader.right))
        for option in options_of(factory).values()
    ]  # fmt: skip
    if not rows:
        return "It has none.\n"
    said = (
        f"Keywords in Python, `--set {name}.OPTION=VALUE` on the command line ([how](../../detectors.md#options)).\n\n"
    )
    return said + markdown.table(("option", "default", "meaning", "what may be said"), rows)


def references(texts: Sequence[str], name: str) -> str:
    """The papers, and how to cite them."""
    if not texts:
        return ""
    found = markdown.listed(markdown.reference(text) for text in dict.fromkeys(texts))
    return f"{found}\n`farflung cite {name}` prints them as BibTeX.\n"


def pictures(drawn: Sequence[tuple[str, str]]) -> str:
    """Pictures beside the page, by file and by what they show."""
    return "".join(f"![{says}]({file})\n\n" for file, says in drawn)
