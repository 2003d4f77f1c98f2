"""Facts and the one question: Query -> Answer. The only room that knows the engines.

In: the change log of `collection` and the areas of `regions`. Out: figures with unit, coverage, age,
source and as-of. Words: *fact* (one row of valid and transaction time), *data set*, *measure*,
*query*, *answer*, *figure* (one number or code of an answer), *unit* (the regions that report),
*cursor* (how much of the change log is in the facts), *epoch* (which records they came from).
"""
