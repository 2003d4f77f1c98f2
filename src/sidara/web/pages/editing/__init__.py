"""Pages on which the dictionary is edited: a form for every kind of entry, drafts, review, trial runs."""
