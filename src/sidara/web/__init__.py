"""The front door: settings, addresses, middleware, and the pages that combine rooms.

In: requests. Out: pages and files whose figures all come from `warehouse.queries.ask`.
"""
