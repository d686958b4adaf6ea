"""Prints the examination as it goes on, so that a slow platform keeps nobody waiting for the rest."""

import sys

from bot.doctor.examination import examine
from bot.doctor.finding import Finding, Light
from bot.settings import Settings


async def report(settings: Settings, *, offline: bool) -> list[Finding]:
    """Print each finding in a line, and the sum last."""
    found: list[Finding] = []
    async for finding in examine(settings, offline=offline):
        print(finding.line(colour=sys.stdout.isatty()), flush=True)
        found.append(finding)
    counted = (f"{sum(one.light is light for one in found)} {light.name.lower()}" for light in Light)
    print(", ".join(counted))
    return found
