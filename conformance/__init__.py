"""Checks that need the official TEI schemas, jing or a long time: `make conformance`."""
