"""The patterns by which a story shows its category, made of the words of `category_words`."""

from collections.abc import Mapping

from handlers.category_words import (
    ASKED,
    BACKING,
    BANNERS,
    BELONG,
    CANDIDATE,
    CAST,
    CAUSE,
    COLLECTED,
    CUTS,
    EVENTS,
    FACILITY,
    FEW,
    FOR_RALLY,
    GIFTS,
    GIVING,
    GROUP,
    HANG,
    HANGING,
    ID_CARDS,
    IF,
    IF_NOT,
    IMPERATIVE,
    LEADS,
    LEAFLETS,
    LIVE,
    LOADS,
    LOSSES,
    LOST,
    MEETING,
    NEXT,
    NOT,
    NUMBER,
    OWNED,
    PARTY_WEAR,
    PAY,
    POSTING,
    PROFILE,
    PUBLIC_SITE,
    RALLYING,
    RIDES,
    SAID,
    SEEN,
    SERVED,
    SITE,
    SOME,
    SPREAD,
    STANDING,
    STRONG,
    STRUCK,
    TEAM,
    THREATS,
    TOGETHER,
    TOLD,
    USING,
    VOTE,
    WEARING,
    WHEELS,
    WORN,
)

CUES: Mapping[str, tuple[str, ...]] = {
    "uang": (
        rf"{COLLECTED}{FEW}(?:{GIFTS}|persen|%){SOME}(?:{FOR_RALLY}|dana {BACKING})",
        rf"(?:iuran|patungan|urunan|setoran|sumbangan){SOME}(?:{FOR_RALLY}|dana {BACKING})",
        rf"(?:traktir|ntraktir|nraktir|mentraktir)\w*{SOME}(?:{CANDIDATE}|{VOTE})",
        rf"(?:{GIVING}|(?:di|ter)(?:bagi|sebar|salur)\w*){FEW}gratis{SOME}(?:{CANDIDATE}|{VOTE})",
        rf"{GIVING}{NEXT}{GIFTS}",
        rf"{GIFTS}{NEXT}(?:di|ter)(?:bagi|kasih|beri|sebar|salur|serah)\w*",
        "serangan fajar|politik uang|money politic|nyogok|menyogok",
    ),
    "jabatan": (
        THREATS,
        r"(?:tidak|ga|gak) diperpanjang|(?:di)?pecat\w*|threaten\w*",
        rf"{IF_NOT}{SOME}(?:{LOSSES}|{LOST})",
        rf"(?:{LOSSES}|{LOST}){NEXT}?\W*{IF_NOT}",
        rf"(?:{LOSSES}|{LOST}){NEXT}{IF}",
        rf"{IF}{SOME}(?:{PAY}{FEW}{CUTS}|{CUTS}{NEXT}{PAY})",
        rf"(?:{PAY}{FEW}{CUTS}|{CUTS}{NEXT}{PAY}){SOME}(?:{IF}\b|{FOR_RALLY})",
        rf"(?:{LOSSES}|{LOST}|dipindah\w*|dibuang){SOME}{CAUSE}{SOME}(?:{NOT}|{BACKING}|relawan)",
        rf"{STRUCK}{FEW}(?:bansos|bantuan|penerima|pkh|daftar)",
        rf"(?:{SERVED}){NEXT}{IF}{SOME}(?:{CANDIDATE}|{VOTE}|pendukung)",
        (
            rf"(?:daftar|list|catat|dicatat|nyatet|mencatat){SOME}(?:yg|yang|sing) {NOT} (?:dukung|hadir|datang|ikut"
            rf"|milih|pilih|milu|melu)\w*"
        ),
        (
            rf"(?:skp|nilai|kontrak|jabatan|posisi|karir|kinerja|tpp)\W+(?:\w+\W+){{0,2}}?(?:ditentukan|tergantung"
            rf"|taruhannya){SOME}(?:suara|menang|dukung|pilih|{CANDIDATE})"
        ),
    ),
    "fasilitas": (
        rf"{FACILITY}{FEW}{USING}",
        rf"{USING}{FEW}{FACILITY}",
        rf"{WHEELS}{NEXT}?{HANGING}",
        rf"{HANGING}{FEW}{WHEELS}",
        rf"{WHEELS}{SOME}(?:{LOADS}{NEXT}?\W*{BANNERS}|(?:di|ke|at|to) (?:posko|{EVENTS}|party|campaign))",
        rf"{LOADS}{NEXT}{BANNERS}{FEW}{WHEELS}",
        rf"{WHEELS}{SOME}(?:{BACKING}|posko)",
        rf"(?:{BACKING}|posko){SOME}(?<!depan )(?<!deket )(?<!dekat ){RIDES}",
        rf"{OWNED}{SOME}{USING}",
        r"(?:kop|stempel)\w* (?:\w+ )?(?:dinas|kantor|desa|kelurahan|kecamatan|sekolah)(?:nya)?",
        rf"(?:{GIVING}|salur\w*|ditempel\w*){FEW}bansos{SOME}(?:{CANDIDATE}|{BANNERS}|foto|gambar)",
        rf"bansos{FEW}(?:ditempel\w*|gambar|bergambar|foto|stiker|logo|bareng\w*|atas nama){NEXT}?\W*{CANDIDATE}",
    ),
    "apk": (
        rf"{HANGING}{NEXT}{BANNERS}",
        rf"{BANNERS}{NEXT}(?:di|ter)(?:{HANG})\w*",
        rf"{BANNERS}{FEW}(?:{STANDING})",
        rf"(?:ada|terdapat|there (?:is|are|was|were)(?: a)?) {BANNERS}{NEXT}(?:{CANDIDATE}|dukungan)",
        rf"{LOADS}{NEXT}{BANNERS}",
        (
            rf"(?:n?copot|nyopot|nyabut|cabut|dicopot|dirobek|nyobek)\w*{NEXT}?\W*{BANNERS}{FEW}(?:lawan|calon"
            rf"|paslon|caleg)"
        ),
    ),
    "simbol": (
        rf"(?:foto|selfie|swafoto|photos?|pictures?)\w*{NEXT}?{TOGETHER}{NEXT}(?:{CANDIDATE}|jari)",
        r"(?:foto|selfie|swafoto)\w* (?:\w+ )?jari",
        rf"(?:joget|goyang|danc(?:es?|ed|ing)|pose|berpose|yel\w*|salam)\W+(?:\w+\W+)?{NUMBER}",
        rf"(?:acung|ngacung|mengacung|angkat|pose|berpose|tunjuk|simbol|salam)\w*{NEXT}?\W*jari",
        r"finger sign|(?:one|two|three|number) fingers?",
        rf"{PARTY_WEAR}|party (?:shirt|uniform|jacket|attribute)s?",
        rf"{WEARING}{FEW}{WORN}{NEXT}?\W*(?:{CANDIDATE}|{NUMBER})",
        rf"{WEARING} a candidate's {WORN}",
        (
            r"(?:pose|berpose|salam|nunjuk|menunjuk)\w*\W+(?:\w+\W+){0,2}?(?:jempol|telunjuk|metal|angka (?:\d|satu"
            r"|dua|tiga))"
        ),
        rf"(?:bareng|bersama|sama|karo) {CANDIDATE}{FEW}(?:foto|selfie|swafoto)",
    ),
    "medsos": (
        rf"kampanye (?:di |lewat )?{PUBLIC_SITE}",
        rf"{POSTING}{SOME}(?:{SITE}|{CANDIDATE})",
        rf"(?:pasang|taruh|naruh|kirim|ngirim|sebar|nyebar)\w*{SOME}(?:status|story|grup) ?(?:wa|whatsapp|fb|ig)",
        r"status dukung\w*",
        PROFILE,
        rf"{SPREAD}{SOME}{PUBLIC_SITE}{SOME}(?:{CANDIDATE}|{VOTE})",
        rf"{SPREAD}{SOME}(?:{CANDIDATE}|{VOTE}){SOME}{PUBLIC_SITE}",
        rf"{LIVE}{SOME}(?:{RALLYING}|{CANDIDATE}|{VOTE})",
        rf"{POSTING}{NEXT}(?:{RALLYING})",
    ),
    "partai": (
        rf"(?:anggota|pengurus|kader) partai|{TEAM}",
        r"(?:ketua|wakil|anggota|koordinator|bendahara|sekretaris|pembina|struktur) (?:tim )?pemenangan",
        rf"saksi (?:tps )?(?:{CANDIDATE})",
        rf"(?:{BELONG})(?:\W+\w+){{0,3}}?\W+(?:partai|part(?:y|ies)|{TEAM})",
        ID_CARDS,
        rf"(?:admin|anggota|ketua) {GROUP}",
    ),
    "ajakan": (
        rf"{STRONG}{FEW}(?:{VOTE}|{CANDIDATE}|{EVENTS})",
        rf"(?:{SAID}){FEW}{IMPERATIVE}",
        rf"ajakan {VOTE}",
        rf"(?:(?:mem|di)?promosi\w*|(?:me|di)?nyebut nama|sebut nama){NEXT}?\W*{CANDIDATE}",
        rf"{STRONG}(?:\W+\w+){{0,4}}?\W+{POSTING}",
        rf"{STRONG}(?:\W+\w+){{0,6}}?\W+{CAST}",
        rf"(?:{TOLD}){SOME}to {VOTE}",
        rf"(?:{STRONG}|{ASKED}){FEW}(?:masuk|gabung|bergabung|join|ikut){NEXT}?\W*{GROUP}",
        (
            r"(?:meng|ng|di|me)?k?umpul\w*(?!\W+(?:foto|fotokopi|copy)?\W?(?:ktp|kk|data))(?:\W+\w+){0,4}?\W+(?:menang"
            r"|memenang|dukung|milih|pilih|ndukung)\w*"
        ),
    ),
    "kampanye": (
        EVENTS,
        rf"(?:{GIVING}|selip\w*|bawa|keliling){NEXT}?\W*{LEAFLETS}(?!\W+(?:di|ter))",
        rf"{LEAFLETS}{NEXT}(?:di|ter)(?:bagi|sebar|selip|kasih)\w*",
        rf"(?:{MEETING}){FEW}{CANDIDATE}",
        rf"{LEADS}{NEXT}?\W*{CANDIDATE}",
        rf"{SEEN}{FEW}(?:posko|pemenangan|rumah (?:calon|paslon|caleg|kandidat))",
        rf"(?:di|ke|at|neng|nang) (?:rumah|house of) {CANDIDATE}",
        rf"(?:{MEETING}|doa bersama|istigh?osah|selamatan|slametan){FEW}(?:{CANDIDATE}|pemenangan)",
    ),
}
"""The patterns of each category; any of them is a mark of it."""

MEMBER = rf"(?:{BELONG})(?:\W+\w+){{0,3}}?\W+(?:partai|part(?:y|ies)|{TEAM})"
"""Somebody is of a party or team, which is more than being seen at its events."""

ORDERED_POSTS = rf"{STRONG}(?:\W+\w+){{0,4}}?\W+{POSTING}"
"""Others are told to like and share: that is urging, and not posting."""

CAMPAIGN_ONLINE = rf"{POSTING}{NEXT}(?:{RALLYING})|{LIVE}"
"""A campaign that stands in a post: posting, and no rally."""

ORDERED_SIGNS = rf"{STRONG}(?:\W+\w+){{0,4}}?\W+(?:{PARTY_WEAR}|foto|selfie|(?:\w+ )?jari)"
"""The same of shirts, photos and fingers."""

WEARS = rf"{PARTY_WEAR}|party (?:shirt|uniform|jacket|attribute)s?"
"""What is worn at an event; a raised finger or a photo is more than that."""
