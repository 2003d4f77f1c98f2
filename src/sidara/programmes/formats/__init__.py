"""Content and files of the programmes."""
