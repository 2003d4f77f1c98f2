"""Composite indices: definitions, scores, intervals, explanation.

In: answers, item scores or sub-indices, from a file or from `warehouse`. Out: scores, status, what each
item lost and who may mend it. Words: definition, level, item, rule, status, gain.
"""
