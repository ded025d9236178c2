"""Kolada, the municipalities' database (API version 3): figures over the network to observations.

Nothing outside this package uses the network.
"""
