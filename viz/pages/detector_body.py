"""The HTML of a page with a detector."""

import html
from collections.abc import Mapping, Sequence

from farflung.viz.pages.decay_shares import ShareRow


def body(title: str, subtitle: str, solids: Mapping[str, str], notes: Sequence[str], panel: str = "") -> str:
    """Everything that is seen.

    Parameters
    ----------
    title, subtitle
        The heading.
    solids
        Colour of each solid, by its name.
    notes
        Sentences below.
    panel
        Sliders and shares, where there is a particle.
    """
    boxes = "".join(check_box("solid", order, name, colour) for order, (name, colour) in enumerate(solids.items()))
    said = "".join(f"<p>{html.escape(note)}</p>" for note in notes if note)
    return f"""<header><h1>{html.escape(title)}</h1><p>{html.escape(subtitle)}</p></header>
<main class="detector">
<section id="scene" aria-label="the detector in three dimensions"></section>
<aside>
{panel}
<fieldset><legend>Solids</legend>
<label class="switch"><input type="checkbox" id="cut"> half cut away</label><br>
{boxes}</fieldset>
<div class="notes">{said}</div>
</aside>
</main>"""


def check_box(what: str, number: int, name: str, colour: str) -> str:
    """A box that shows or hides the solid or the kind of decays of this number."""
    label = html.escape(name, quote=True)
    return (
        f'<label><input type="checkbox" checked data-{what}="{number}" aria-label="show {label}">'
        f'<span class="{what}" style="background:{colour}"></span>{label if what == "solid" else ""}</label>\n'
    )


def slider(name: str, label: str, steps: int) -> str:
    """A slider and what it says."""
    return (
        f'<div class="slider"><label for="{name}">{label}</label><output for="{name}" id="{name}-text"></output>'
        f'<input type="range" id="{name}" min="0" max="{steps - 1}" step="1"></div>\n'
    )


def table(rows: Sequence[ShareRow], colours: Sequence[str]) -> str:
    """Shares of the decays that count in each search."""
    lines, boxed = [], set()
    for order, row in enumerate(rows):
        box = ""
        if row.kind is not None and row.kind not in boxed:
            boxed.add(row.kind)
            box = check_box("kind", row.kind, f"decays: {row.name}", colours[row.kind])
        lines.append(
            f"<tr><td>{box}</td><th>{html.escape(row.name)}<br><small>{html.escape(row.title)}</small></th>"
            f'<td class="share" data-share="{order}"><span></span><br><small></small></td></tr>'
        )
    head = '<tr><td></td><td>share of all decays</td><td class="share">± statistical error</td></tr>'
    return (
        f"<table><thead>{head}</thead><tbody>{''.join(lines)}</tbody></table>\n"
        '<div id="curves" aria-label="shares against lifetime"></div>\n'
    )
