"""What is asked: variables, indicators, classifications, forms, lists, parameters, and what they feed.

In: content (YAML of the package, XLSForm, edits of the walidata). Out: a `Dictionary` that is checked as a
whole, forms whose version is the hash of all that they ask, the vocabulary of expressions, metadata of Satu
Data. Words: thing (one entry of a kind), variable (elemen), form, list, feed, revision (one save), version.
"""
