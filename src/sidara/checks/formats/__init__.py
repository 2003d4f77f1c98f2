"""Files of `checks`: cases (`case_file`)."""
