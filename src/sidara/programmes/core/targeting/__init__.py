"""Which villages need most, and what a ceiling buys best.

`need` and `ranking` (needs with their spans, places), `question` (what is asked); `moves` (what may be
bought, limits), `candidates` and `prices` (where moves come from), `programme`, `optimise`, `rivals` (the
best plan, proven, and what it is held against), `reasons` and `told` (why there is none), `wishes`.
"""
