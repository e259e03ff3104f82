"""A search for decays with charged products, where nothing else is known of a proposal."""

from farflung.detectors.search import Search
from farflung.lpp import Process, final_state, final_state_names


def charged_decays(solid: str, references: tuple[str, ...], processes: tuple[Process, ...] = ()) -> Search:
    """Every decay inside a solid that has two charged products is seen; three events are a signal.

    Final states whose products are not known one by one, such as ``"hadrons"``, count: they nearly always have two.

    Parameters
    ----------
    solid
        Name of the solid.
    references
        Where the proposal is.
    processes
        What makes the particle, if not all that there is counts.
    """
    return Search(
        name="decays",
        title="decays with two tracks",
        decays="inside",
        solid=solid,
        processes=processes,
        final_states=tuple(name for name in final_state_names() if _has_tracks(name)),
        confidence_level=0.95,
        references=references,
    )


def _has_tracks(name: str) -> bool:
    state = final_state(name)
    if state.is_invisible:
        return False
    charged = [product for product in state.products if product.endswith(("+", "-"))]
    return len(charged) >= 2 or not state.products
