"""HTML doors of `accounts`."""
