"""A new document to a declaration: drafts, questions and answers; the starter of a workspace."""

from __future__ import annotations

from ojmf.authoring.draft import Draft, draft_source
from ojmf.authoring.questioning import answer, answered_questions, new_source, open_questions

__all__ = [
    "Draft",
    "answer",
    "answered_questions",
    "draft_source",
    "new_source",
    "open_questions",
]
