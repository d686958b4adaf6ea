"""`saksi doctor`: everything that silently breaks anonymity or delivery, with what to do about it."""
