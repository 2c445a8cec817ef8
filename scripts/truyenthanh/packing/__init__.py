"""What a pack for an operator holds, name by name and byte by byte: sound to copy, sheets to print."""
