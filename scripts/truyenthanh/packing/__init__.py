"""The contents of an operator's pack, name by name and byte by byte: sound to copy, sheets to print."""
