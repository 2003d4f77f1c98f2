"""Delta tables (`delta`), the way into them (`pulling`), the plan in Ibis (`plan`), DuckDB (`duckdb`)."""
