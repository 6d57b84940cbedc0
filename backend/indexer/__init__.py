"""Keeps the database equal to the chain: follows it, undoes what a reorganisation took back, rebuilds from the journal.

follower.Follower ──▶ chain.LogReader ──▶ chain.Decoder ──▶ sources ──▶ journal + projections + cursor
                                                                        (one transaction for each range of blocks)
"""
