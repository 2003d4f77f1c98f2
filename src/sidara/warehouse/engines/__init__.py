"""One file per engine: Delta tables (`delta`), the plan in Ibis (`plan`), DuckDB (`duckdb`)."""
