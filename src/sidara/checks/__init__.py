"""Rules and judging: what of a village's cells cannot be so, where, with which figures, and how to mend it.

In: cells of a village or of many, a rule book (items, rules, kinds of checks). Out: findings; what could not
be told is one, too. Also single cases of an expression, with verdicts. Words: *item*, *rule*, *rule book*,
*task* (a rule at a period, in a category), *finding*, *judgement*; *case*, *verdict*, *engine*.
"""
