"""What a campaign folder may say: one typed schema of campaign.toml and of the three tables.

It judges what a folder says (``judge``), with all faults at once, and writes the reference page (``reference_page``).
Only readers import it: it rests on pydantic, which the command line's help does not wait for.
"""
