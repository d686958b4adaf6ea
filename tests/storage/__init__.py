"""What is remembered, on SQLite and on PostgreSQL: groups, leases, drafts, tips, files, and a pulled plug."""
