"""Input and output of files.

Readers turn files into typed values and report all faults at once; writers make files from values.
"""
