"""Facts and the one question: Query -> Answer. The only room that knows the engines.

In: the change log of `collection`. Out: figures with unit, coverage, age, source and as-of.
Words: fact, data set, measure, query, answer, figure.
"""
