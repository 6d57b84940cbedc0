"""Zbor: the mirror of a consortium's governance contracts, its API and its portal."""
