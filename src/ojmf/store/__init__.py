"""A shared store of observations: a Delta Lake table that several write and anyone can read.

``table`` opens it at a version, ``commits`` says what was published when, ``publishing`` puts an
import in its place as a whole, and ``history`` follows a figure through the versions. What the
columns and partitions are is told in ``docs/store.md``. Needs the extra ``store``.
"""
