### What civil servants may and may not do. Laws and sanctions come from the table of violations, words from here.

rules =
    The rules, told in a few words

    Civil servants (ASN) must stay neutral in elections.
    They may vote, and learn what candidates plan.
    They may not help or harm a candidate.

    The result ranges from a moral sanction to dismissal. Some acts are crimes.
    Village heads, military and police have their own rules. Tell us about them too.
    Choose below for examples. Reading this sends nothing.
    Based on the joint decree (SKB) of 22 September 2022. Checked on { DATETIME($checked, dateStyle: "long") }.
rules-open = See the rules
rules-more = Other rules

rule-card =
    What is allowed and what is not

    { $title }
    { $card }

    What may follow:
    { $after }

    Based on: SKB of 22 September 2022; { $laws }.
    Checked on { DATETIME($checked, dateStyle: "long") }. Not sure? Just tell us, and officers will judge.
rule-medsos =
    Allowed, for example: reading news about all candidates.
    Not allowed: likes, comments or shares for a candidate, or joining a support group.
    For example: a teacher shares a candidate's video as a WA status.
rule-kampanye =
    Allowed, for example: learning from home what candidates plan.
    Not allowed: joining a campaign or declaration to support a candidate.
    For example: kelurahan staff join a candidate's parade on a holiday.
rule-ajakan =
    Allowed, for example: asking neighbours to go and vote, naming no candidate.
    Not allowed: urging, ordering or steering people to vote for a candidate.
    For example: a head teacher tells teachers in a meeting whom to choose.
rule-fasilitas =
    Allowed, for example: using an official car for office work.
    Not allowed: using official cars, buildings, budgets or aid for a candidate.
    For example: an official car carries chairs to a candidate's event.
rule-uang =
    Allowed, for example: helping a neighbour without naming a candidate.
    Not allowed: giving money or goods for votes. For example: a lurah gives out rice with a candidate's picture.
    In a pilkada, giving and taking can both be punished. You need not write anything about yourself.
rule-apk =
    Allowed, for example: telling the election watch about a banner at the office.
    Not allowed: putting up or storing banners or flags of candidates or parties.
    For example: an office worker hangs a candidate's banner on their fence.
rule-simbol =
    Allowed, for example: a family photo without any sign of support.
    Not allowed: posing with a candidate, or with a gesture, to show support.
    For example: a midwife posts a photo with a candidate and a hand sign.
rule-partai =
    Allowed, for example: voting for any candidate.
    Not allowed: joining a party or campaign team, or collecting IDs for support.
    For example: a nurse stands on the list of a campaign team.
rule-jabatan =
    Allowed, for example: moving staff by the rules and for the office's needs.
    Not allowed: moving, threatening or pressing staff for a candidate.
    For example: a teacher is threatened with a transfer for not supporting someone.

law = { $law } Art. { $articles }
sanction-moral = a moral sanction, such as a public statement
sanction-medium = medium discipline, such as a cut allowance
sanction-severe = severe discipline, such as a lower post or dismissal
sanction-dismissal = dishonourable dismissal
sanction-crime = a sentence, if a court decides so
