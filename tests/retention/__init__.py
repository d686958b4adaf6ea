"""What is kept for bad days, what is erased in time, and that the one never brings back the other."""
