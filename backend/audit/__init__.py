"""Holds the mirror against the contracts' own views, all the time beside the indexer and on demand for an auditor.

claims ──▶ what the mirror says, as questions whose answers are known
crosscheck ──▶ asks the contracts the same at the mirror's block, and names every difference
verification ──▶ indexes the chain afresh and compares with an export, byte for byte
"""
