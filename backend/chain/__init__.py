"""The only package that talks to a node, and the only one that knows how the chain spells things."""
