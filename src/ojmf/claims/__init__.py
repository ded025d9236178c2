"""Claims: the figures that a report states in prose, checked against its own tables."""

from ojmf.claims.audit import audit_document, audit_lines

__all__ = ["audit_document", "audit_lines"]
