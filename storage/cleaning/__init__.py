"""Bytes in, clean bytes out, in a locked-down child process."""
