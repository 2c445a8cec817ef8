"""Serve the published files over HTTP: to try the feed in a podcast client, and to listen in the office.

``published.py`` says which files are visible, ``ranges.py`` and ``answers.py`` handle HTTP for one file,
``app.py`` maps addresses to them, ``server.py`` listens. Nothing here writes.
"""
