"""Spans to a tree, and the tree back to the source: only here are both known."""
