"""Imported only by the server that forks workers: it ends at once, without tearing down what it has loaded.

That takes a fortieth of a second, after the build has ended.
"""

import atexit
import os

atexit.register(os._exit, 0)
