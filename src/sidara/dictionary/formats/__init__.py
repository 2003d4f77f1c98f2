"""Files of the dictionary: content (`content_file`), XLSForm, cells, classes of the indices."""
