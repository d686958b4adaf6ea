"""What is sealed opens for the right key alone, and tells nothing else."""
