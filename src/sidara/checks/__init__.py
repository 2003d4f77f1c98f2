"""Rules and judging: whether an expression holds for cells, and why it could not be told.

In: cases (an expression, the cells, rows and content that it reads). Out: verdicts. Words: *case*,
*verdict* (result, evaluated or not, reason), *engine* (one of the evaluators). Rules of the dictionary,
severity and messages come with it.
"""
