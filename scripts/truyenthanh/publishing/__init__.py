"""What stands published of a station, and how it is replaced: whole or not at all."""
