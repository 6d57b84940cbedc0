"""Who is asking, what they may do, and what is known of the persons behind the members.

Wallets are known from the mirror; names and e-mail addresses are kept here alone and can be erased, which changes no
record of the chain.
"""
