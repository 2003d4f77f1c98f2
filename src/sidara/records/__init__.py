"""How rows are written on either database of the records (SQLite, PostgreSQL): one writer, guarded tables.

`writing` is the transaction of every service, `guards` makes rows that only grow, `address` reads where the
records lie.
"""
