"""Bytes to a `Source`, and the table of its lines."""
