"""Claims: the figures that a report states in prose, checked against its own tables."""

from ojmf.validate.claims.audit import audit, audit_document

__all__ = ["audit", "audit_document"]
