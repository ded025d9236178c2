"""Ingest: documents to observations, every figure with the place where it was printed.

``source`` has the two entrances. Nothing is imported here, so that a reader starts quickly in a
process of its own.
"""
