"""The database server, and the databases on it."""
