"""What is answered. So far external data sets: tables that others published.

In: files with source, licence, date and code scheme. Out: a verdict per cell, and a numbered change
log that `warehouse` pulls. Words: data set, cell, verdict, change.
"""
