"""Serve the published files over HTTP: to try the feed in a podcast client, and to listen in the office.

``published.py`` says which files may be seen, ``ranges.py`` and ``answers.py`` speak HTTP about one file,
``app.py`` puts addresses to them, ``server.py`` listens. Nothing here writes.
"""
