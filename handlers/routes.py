"""Which office a tip goes to, and which it must go around: those who are reported do not receive the report."""

from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from handlers.answers import Draft, Picked, Words
from handlers.tip import Tip

CONFLICT = frozenset({"yes"})


class Never(Struct, frozen=True):
    """A recusal: what is told about this kind of post never goes to these desks."""

    post: str
    desks: tuple[str, ...]


class Rules(Struct, frozen=True):
    """The order in which desks are tried, the way around each, and the recusals."""

    first: tuple[str, ...] = ()
    around: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    never: tuple[Never, ...] = ()

    def never_for(self, post: str) -> frozenset[str]:
        """Name the desks that nothing about this kind of post goes to."""
        return frozenset(desk for never in self.never if never.post == post for desk in never.desks)


class Routes(Struct, frozen=True):
    """The desks of a deployment, by name, with the titles people read, and the rules."""

    titles: Mapping[str, str]
    usual: str
    rules: Rules = Rules()

    def choose(self, draft: Draft) -> str:
        """Name the desk for this draft; the usual one, where no other is left to go around to."""
        recused = self.recused(draft)
        ways = (self.usual, *self.rules.around.get(self.usual, ()), *self.rules.first)
        open_ways = (desk for desk in ways if desk in self.titles and desk not in recused)
        return next(open_ways, self.usual)

    def title(self, draft: Draft) -> str:
        """Say who will read this draft."""
        return self.titles[self.choose(draft)]

    def may_conflict(self, draft: Draft) -> bool:
        """Whether to ask about a conflict: only where there is another way, and the usual desk could be meant.

        Bawaslu employs few civil servants of a city, so there it is asked only when its own name is written.
        """
        if len(self.titles) < 2:  # noqa: PLR2004  # another way means at least two
            return False
        return not self.usual.startswith("bawaslu") or _names(self.usual, draft)

    def recused(self, draft: Draft) -> frozenset[str]:
        """Name the desks that must not receive this draft."""
        post, conflict = draft["post"], draft["conflict"]
        recused: set[str] = set()
        if isinstance(conflict, Picked) and conflict.value in CONFLICT:
            recused.add(self.usual)
        if isinstance(post, Picked):
            recused.update(self.rules.never_for(post.value))
        return frozenset(recused)


def barred(tip: Tip, rules: Rules, desks: Iterable[str]) -> frozenset[str]:
    """Name those of these desks that a tip must never be handed on to.

    An older tip does not say which office it went around: where it went around one, it goes nowhere.
    """
    if tip.conflict in CONFLICT and not tip.recused:
        return frozenset(desks)
    return frozenset(desks) & {*tip.recused, *rules.never_for(tip.post)}


def _names(desk: str, draft: Draft) -> bool:
    """Whether the person's own words name the office itself."""
    words = " ".join(answer.text for answer in (draft["who"], draft["story"]) if isinstance(answer, Words))
    return desk.partition("-")[0] in words.casefold()
