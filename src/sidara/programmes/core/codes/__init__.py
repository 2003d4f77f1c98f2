"""What a plan may be called: codes of four governments, village accounts, activity kinds, fund sources.

`search` finds them by words, `refusal` holds a code against government and year and names the right one.
"""
