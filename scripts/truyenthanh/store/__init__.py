"""Files that are whole or not there, locks that end with their holder, and the store of results."""
