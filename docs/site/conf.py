"""Sphinx' settings for the documentation; ``build.py`` lays out the folder that it reads."""

import logging
from typing import Any

from sphinx.application import Sphinx

logging.getLogger("great_expectations").setLevel(logging.WARNING)  # it tells of its registry

project = "ojmf"
extensions = ["myst_parser", "sphinx.ext.autodoc"]
language = "sv"
smartquotes = False  # an option begins with two hyphens
html_theme = "furo"
html_title = "ojmf"
html_static_path = ["_static"]
html_css_files = ["ojmf.css"]
html_theme_options: dict[str, list[str]] = {"top_of_page_buttons": []}
html_copy_source = False
html_show_copyright = False
html_show_sphinx = False
myst_heading_anchors = 3
myst_links_external_new_tab = False
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
python_maximum_signature_line_length = 60
suppress_warnings = ["misc.highlighting_failure"]  # Pygments knows no csv

ENGLISH = (
    "CHANGELOG",
    "CONTRIBUTING",
    "README",
    "SECURITY",
    "commands",
    "docs/declaring-a-report",
    "python",
    "src/",
    "tests/",
)
"""What the names of pages in English begin with."""


def say_language(_: Sphinx, page: str, __: str, context: dict[str, Any], ___: object) -> None:
    """Let a page say which language it is in, for screen readers and hyphenation."""
    if page.startswith(ENGLISH):
        context["language"] = "en"


def setup(app: Sphinx) -> None:
    """Connect what Sphinx calls while it builds."""
    app.connect("html-page-context", say_language)
