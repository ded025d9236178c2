"""Ingest: documents to observations, every figure with the place where it was printed."""

from __future__ import annotations

from ojmf.ingest.source import Ingested, ingest_document, ingest_source

__all__ = ["Ingested", "ingest_document", "ingest_source"]
