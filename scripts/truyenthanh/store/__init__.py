"""Files that are complete or absent, locks that end with their holder, and the store of results."""
