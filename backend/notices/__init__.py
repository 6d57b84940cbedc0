"""Tells others what has changed: listeners of the stream, subscribers' addresses, calendars and feed readers."""
