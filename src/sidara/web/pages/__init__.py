"""Pages that combine rooms: each module builds one page as plain values from what the rooms' queries give.

In: an actor and codes. Out: frozen page values whose figures all come from `warehouse.queries.ask`. A page
holds `ui.figures.Figure`s; screen, CSV and XLSX show the same cells.
"""
