"""The command line: `saksi`."""

from cyclopts import App

app = App(
    name="saksi", help="Report, without giving a name, that a civil servant breaks election neutrality."
)


def main() -> None:
    """Run the command line."""
    app()
