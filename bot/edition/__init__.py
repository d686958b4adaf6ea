"""The transparency page: what became of a desk's reports, in tables that tell of nobody."""
