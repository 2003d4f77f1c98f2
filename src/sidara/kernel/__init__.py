"""Pure words that every room uses: period, cell, finding, actor, reference, clock, number, exit code.

Nothing here knows Django, files or an engine. What one room alone needs does not belong here.
"""
