"""Check published files and store entries, and remove what nothing uses."""
