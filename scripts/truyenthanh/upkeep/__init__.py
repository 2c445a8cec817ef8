"""Published files and store entries are checked, and what nothing uses is removed."""
