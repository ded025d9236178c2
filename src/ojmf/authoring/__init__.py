"""Drafts: a document that nothing declares yet to a ``source.toml`` with the open questions."""

from __future__ import annotations

from ojmf.authoring.draft import Draft, draft_source

__all__ = ["Draft", "draft_source"]
