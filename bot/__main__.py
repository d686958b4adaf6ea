"""`python -m bot` is `saksi`."""

from bot.cli import main

main()
