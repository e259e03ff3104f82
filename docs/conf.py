"""Sphinx: ``python -m sphinx -W docs docs/_build`` makes the site. What is in which page: docs/index.md."""

import sys
from importlib.metadata import version as installed_version
from pathlib import Path

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS))

project = "farflung"
author = "The farflung developers"
version = release = installed_version("farflung")

extensions = [
    "sphinx.ext.autodoc",
    "numpydoc",
    "myst_parser",
    "sphinx_copybutton",
    "extension",
]
exclude_patterns = ["_build", "gallery/**.ipynb", "gallery/**.py", "**/GALLERY_HEADER.rst"]
suppress_warnings = ["config.cache"]  # sphinx-gallery's settings are functions in part
highlight_language = "none"
default_role = "py:obj"
smartquotes = False  # e+ e-, B -> K mu mu

myst_heading_anchors = 4
myst_links_external_new_tab = False

autodoc_default_options = {"member-order": "bysource"}
autodoc_preserve_defaults = True
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 90
numpydoc_show_class_members = False

html_theme = "furo"
html_title = "farflung"
html_show_sourcelink = False
html_copy_source = False
html_theme_options = {"navigation_with_keys": False}
pygments_style, pygments_dark_style = "tango", "monokai"
html_static_path = ["static"]
html_css_files = ["site.css"]
copyright = f"{author}, BSD-3-Clause"

GALLERY = DOCS.parent / "examples" / "gallery"
if not GALLERY.is_dir():
    exclude_patterns.append("gallery")
else:
    from extension.gallery import SETTINGS

    extensions.append("sphinx_gallery.gen_gallery")
    sphinx_gallery_conf = SETTINGS | {"examples_dirs": str(GALLERY), "gallery_dirs": "gallery"}
