"""What Prometheus is shown: the figures of bot/meter.py and of the tables, as they stood at the last quarter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.meter import AGES, SIZES, Meter, bucket, rounded
from storage.gauges import Lane
from storage.outbox import Parked


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was counted at one moment; ages in seconds."""

    turns: int = 0
    errors: dict[tuple[str, str], int] = field(default_factory=dict)
    alarms: dict[str, int] = field(default_factory=dict)
    cleaning: dict[str, float] = field(default_factory=dict)
    waiting: tuple[tuple[str, int, float], ...] = ()
    parked: tuple[tuple[str, str, int], ...] = ()
    drafts: int = 0

    @classmethod
    def of(cls, meter: Meter, waiting: Sequence[Lane], parked: Sequence[Parked], drafts: int, now: float) -> "Snapshot":
        """Take one. `now` in seconds since 1970."""
        late = ((lane.name, bucket(lane.count, SIZES), bucket(now - lane.since, AGES)) for lane in waiting)
        return cls(
            turns=rounded(meter.turns),
            errors={key: bucket(count, SIZES) for key, count in meter.errors.items()},
            alarms={key: bucket(count, SIZES) for key, count in meter.alarms.items()},
            cleaning=meter.slowness(),
            waiting=tuple(one for one in late if one[2]),
            parked=tuple((one.lane, str(one.code or ""), bucket(one.count, SIZES)) for one in parked),
            drafts=bucket(drafts, SIZES),
        )


class Shown(Collector):
    """Tells the newest snapshot. No figure of the process itself: its seconds of work would say when it had some."""

    def __init__(self, process: str) -> None:
        self._process = process
        self.snapshot = Snapshot()
        self._registry = CollectorRegistry()
        self._registry.register(self)

    def page(self) -> bytes:
        """Write it as Prometheus reads it."""
        return generate_latest(self._registry)

    def collect(self) -> Iterator[Metric]:
        """Yield each figure with its labels."""
        now, process = self.snapshot, self._process
        yield _one("saksi_up", "1 while the process runs.", [((process,), 1)], "process")
        yield CounterMetricFamily("saksi_turns", "Messages handled, in tens, each quarter of an hour.", value=now.turns)
        errors = [((lane, code), count) for (lane, code), count in sorted(now.errors.items())]
        yield _one("saksi_delivery_errors", "Refusals since the start, as a size.", errors, "lane", "code")
        alarms = [((process, name), count) for name, count in sorted(now.alarms.items())]
        yield _one("saksi_alarms", "Complaints in the log since the start, as a size.", alarms, "process", "event")
        times = [((part,), seconds) for part, seconds in sorted(now.cleaning.items())]
        yield _one("saksi_cleaning_seconds", "How long the last hundred files took.", times, "quantile")
        waiting = [((lane,), count) for lane, count, _ in now.waiting]
        yield _one("saksi_overdue", "What is owed and late, as a size.", waiting, "lane")
        ages = [((lane,), age) for lane, _, age in now.waiting]
        yield _one("saksi_overdue_seconds", "How late the latest is, at least.", ages, "lane")
        parked = [((lane, code), count) for lane, code, count in now.parked]
        yield _one("saksi_parked", "What was given up and waits for the operator, as a size.", parked, "lane", "code")
        yield _one("saksi_drafts", "Conversations under way, as a size.", [((), now.drafts)])


def _one(name: str, about: str, values: Sequence[tuple[tuple[str, ...], float]], *labels: str) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, about, labels=labels)
    for where, value in values:
        family.add_metric(where, value)
    return family
