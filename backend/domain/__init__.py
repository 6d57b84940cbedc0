"""The law of a consortium as plain functions: no I/O, no clock, nothing but the standard library."""
