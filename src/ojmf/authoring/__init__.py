"""A new document to a declaration: drafts, questions and answers; the starter of a workspace."""

from __future__ import annotations

from ojmf.authoring.draft import Draft, draft_source
from ojmf.authoring.importing import Import, answer, import_file, new_source, open_questions

__all__ = [
    "Draft",
    "Import",
    "answer",
    "draft_source",
    "import_file",
    "new_source",
    "open_questions",
]
