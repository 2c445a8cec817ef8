"""The published files of a station, and how they are replaced: all or none."""
