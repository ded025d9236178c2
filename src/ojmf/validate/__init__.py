"""Check observations."""
