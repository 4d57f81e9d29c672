"""The data block of a page: build the payload of a timeline as arrays, and encode them as compressed columns."""
