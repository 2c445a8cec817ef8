"""Why something is made again, where a file comes from, and what a build did."""
