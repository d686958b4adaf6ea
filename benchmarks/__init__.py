"""What Saksi costs and how well it understands, measured beside others in the same run: `make bench`."""
