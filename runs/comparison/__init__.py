"""Runs against each other: what differs, what came of it, and whether chance alone could have made the difference."""
