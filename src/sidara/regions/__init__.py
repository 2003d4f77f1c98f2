"""Areas, their codes, their changes and their boundaries: the register of the land.

In: the register from a package, files of successions, of codes of other schemes, of boundaries. Out: regions
by code or name, on any day and as known on any day; trees, counts beside the decree's, the lineage; the
schematic hexagon map and sheets of real boundaries. Words: region, code, scheme, parent, decree,
succession, lineage, survey, layer.
"""
