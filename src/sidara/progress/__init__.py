"""How far and how good the collection is: one row for each submission that is expected, begun or not.

In: revisions of `collection`, acts of `verification`, windows of `dictionary`, the register. Out: counts by
form and area, who is stuck and why, the award. Words: tally, laid, mark, sums; run, entry, score.
"""
