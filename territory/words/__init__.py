"""Words: what pages and pictures say, a file for each language, and how it writes dates and numbers."""
