"""The mirror's tables: the journal of what the chain said, and the records derived from it.

Importing this package's `records` and `journal` fills `Base.metadata`. Nothing here decides anything.
"""
