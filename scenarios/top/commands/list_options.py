"""`farflung list --options`: every option of every detector and model."""

from farflung.commands.settings import coupling_label
from farflung.detectors.registry import DETECTORS
from farflung.lpp import Option, options_of
from farflung.lpp.models.registered import MODELS
from farflung.scenarios import output


def list_options(*, as_json: bool) -> None:
    """Print them, as lines that ``--set`` takes or as JSON."""
    detectors = {name: options_of(DETECTORS.find(name)) for name in DETECTORS.names()}
    models = {name: options_of(MODELS.find(name)) for name in MODELS.names()}
    if as_json:
        print(output.as_json({"detectors": _facts(detectors), "models": _facts(models)}), end="")
        return
    print("options with their defaults, as --set takes them: --set belle2.luminosity=0.5")
    for name, options in detectors.items():
        _print(name, name, options)
    for name, options in models.items():
        _print(name, f"{name} or {coupling_label(name)}", options)


def _facts(things: dict[str, dict[str, Option]]) -> dict[str, dict[str, dict[str, str | None]]]:
    return {
        name: {
            option.name: {"default": option.default, "values": option.reader.right, "meaning": option.meaning}
            for option in options.values()
        }
        for name, options in things.items()
    }


def _print(name: str, title: str, options: dict[str, Option]) -> None:
    print(title if options else f"{title}: none")
    calls = {f"{name}.{option.name}={option.default or ''}": option for option in options.values()}
    width = min(40, max(map(len, calls), default=0))
    for call, option in calls.items():
        print(f"  {call:<{width}}  {option.meaning} ({option.reader.right})".replace("   (", "  ("))
