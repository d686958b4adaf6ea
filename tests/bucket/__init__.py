"""Evidence in a bucket: everything that a folder does, and what becomes of it while the store is away."""
