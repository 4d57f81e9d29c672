"""The data block of a page: build a JSON-ready payload of a timeline, and encode it as compressed columns."""
