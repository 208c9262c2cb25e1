"""Plain text in, a TEI P5 edition out."""

__version__ = "0.1.0"
