"""Pure words that every room uses: period, cell, finding, actor, reference, clock, number, exit, content.

Nothing here knows Django or an engine; the only files that are read are the package's own content. What
one room alone needs does not belong here.
"""
