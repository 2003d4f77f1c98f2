"""Who stands for a figure: the chain from the village up, and how far every cell of a submission has come.

In: submissions of `collection`, windows of `dictionary`. Out: the level of each cell, numbered for
`warehouse`, the lock that `collection` keeps to, receipts, minutes. Words: act, level, event, standing.
"""
