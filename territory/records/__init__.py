"""Evidence: who, where, who says so, and what is said to have happened. Nothing here knows a map."""
