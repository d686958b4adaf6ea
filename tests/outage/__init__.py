"""What happens while nothing can be written, and afterwards."""
