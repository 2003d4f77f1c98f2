"""What is answered: forms that villages fill in, and tables that others published.

In: saves of cells by every door, files with source, licence, date and code scheme. Out: a verdict per cell,
chained revisions, and a numbered change log that `warehouse` pulls. Words: submission, revision, data set,
cell, verdict, change.
"""
