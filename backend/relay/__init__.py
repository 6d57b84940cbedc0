"""Votes without coins: takes in ballots that members have signed, and sends them to the governors at its own cost.

preparing    the document that a member's wallet signs
accepting    a signed ballot is checked and kept
outbox       what is kept, and which transaction carries what
relayer      sends, follows, sends again
"""
