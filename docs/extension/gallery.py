"""The gallery: scripts that draw, with what they draw, whichever way they do."""

from typing import Any

from sphinx_gallery.scrapers import figure_rst

from extension import figures


def scrape(block: Any, block_vars: dict[str, Any], gallery_conf: dict[str, Any]) -> str:
    """Save figures that a block made or changed and that pyplot does not know."""
    paths, titles = [], []
    for figure, path in zip(figures.to_show(), block_vars["image_path_iterator"], strict=False):
        figure.savefig(path, dpi=150)
        paths.append(path)
        titles += [axes.get_title(loc) for axes in figure.axes for loc in ("left", "center")]
    return figure_rst(paths, gallery_conf["src_dir"], ", ".join(dict.fromkeys(filter(None, titles))))


def reset(gallery_conf: dict[str, Any], file: str) -> None:
    """Watch for figures; forget those of the script before."""
    figures.watch()
    figures.forget()


SETTINGS = {
    "filename_pattern": r"[\\/]plot_",
    "image_scrapers": ("matplotlib", scrape),
    "reset_modules": ("matplotlib", reset),
    "capture_repr": ("_repr_html_",),
    "abort_on_example_error": True,
    "only_warn_on_example_error": False,
    "show_memory": False,
    "download_all_examples": False,
    "remove_config_comments": True,
    "within_subsection_order": "FileNameSortKey",
    "write_computation_times": False,
}
