"""QR posters that bring people in."""
