"""Files of `checks`: cases (`case_file`) and classes of the indices (`classes_file`)."""
