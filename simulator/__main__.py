"""Runs the simulator: `python -m simulator --port 8080`."""

import argparse
import json
from pathlib import Path

from simulator.app import build
from simulator.line import serve
from simulator.world import Wrong


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m simulator", description="A make-believe Telegram and WhatsApp.")
    parser.add_argument("--port", type=int, default=8080, help="0 takes a free one (default: 8080)")
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (default: this machine only)")
    parser.add_argument("--setup", type=Path, help="a JSON file with bots, people and groups")
    asked = parser.parse_args()
    try:
        app = build(json.loads(asked.setup.read_text("utf-8")) if asked.setup else None)
    except (OSError, ValueError, Wrong) as error:
        parser.error(f"{asked.setup}: {error}")
    serve(app, asked.host, asked.port)


if __name__ == "__main__":
    main()
