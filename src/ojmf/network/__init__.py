"""Asking services over the network: one host, bounded answers, and what is kept of them."""
