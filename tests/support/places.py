"""Where the project and its package stand on this machine."""

from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
PACKAGE = REPOSITORY / "scripts" / "truyenthanh"
