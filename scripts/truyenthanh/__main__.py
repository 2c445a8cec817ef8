"""``python -m truyenthanh`` and the ``truyenthanh`` command."""

import sys


def run() -> None:
    """Run the command line and exit with its code."""
    from .cli.edge import main
    from .messages import MissingCatalogueError

    try:
        sys.exit(main(sys.argv[1:]))
    except MissingCatalogueError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    run()
