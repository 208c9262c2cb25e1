"""The web edition of a collection: pages, lists, indexes and search, as files beside each other."""

from encoder.site.pages import Page, publish

__all__ = ["Page", "publish"]
