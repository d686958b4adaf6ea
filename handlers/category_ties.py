"""The patterns that tell under which of two categories something goes that shows the marks of both."""

from handlers.category_words import (
    BANNERS,
    CANDIDATE,
    FEW,
    GIVING,
    LEAFLETS,
    LIVE,
    NEXT,
    ONLINE,
    PARTY_WEAR,
    POSTING,
    PUBLIC_SITE,
    RALLYING,
    STRONG,
)

HANDED_OUT = rf"{GIVING}{NEXT}?\W*{LEAFLETS}|{LEAFLETS}{FEW}(?:di|ter)(?:bagi|sebar|selip|kasih|edar)"
"""Stickers handed out are a banner to some and a campaign to others."""

FAINT = rf"{BANNERS}{NEXT}?\W*(?:{CANDIDATE}|dukungan)|apk"
"""What shows banners where nothing else is shown: "spanduk caleg di pagar kantor lurah"."""

ON_A_SITE = rf"(?:di|ke|lewat|via|on|to) {PUBLIC_SITE}"
"""What everybody may read: there a call to vote is a post first of all."""

ORDERED_POSTS = rf"{STRONG}(?:\W+\w+){{0,4}}?\W+{POSTING}"
"""Others are told to like and share: that is urging, and not posting."""

CAMPAIGN_ONLINE = rf"{POSTING}{NEXT}(?:{RALLYING})|{LIVE}|{ONLINE}"
"""A campaign that stands in a post: posting, and no rally."""

ORDERED_SIGNS = rf"{STRONG}(?:\W+\w+){{0,4}}?\W+(?:{PARTY_WEAR}|foto|selfie|(?:\w+ )?jari)"
"""The same of shirts, photos and fingers."""

WEARS = rf"{PARTY_WEAR}|party (?:shirt|uniform|jacket|attribute)s?"
"""What is worn at an event; a raised finger or a photo is more than that."""
