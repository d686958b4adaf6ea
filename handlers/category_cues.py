"""The patterns by which a story shows its category, made of the words of `category_words`."""

from collections.abc import Mapping

from handlers.category_words import (
    ACCOUNT,
    AID,
    BACKING,
    BANNERS,
    BELONG,
    CANDIDATE,
    CASH,
    CAST,
    CAUSE,
    COLLECTED,
    CUTS,
    DEMANDED,
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
    LIKES,
    LIVE,
    LOADS,
    LOSSES,
    LOST,
    MEETING,
    NEXT,
    NOT,
    NUMBER,
    ONLINE,
    OWNED,
    PARTY_WEAR,
    PAY,
    POSTING,
    PRINTS,
    PROFILE,
    PUBLIC_SITE,
    PUNISHED,
    RALLYING,
    RECEIVED,
    REFUSER,
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
    USING,
    VOTE,
    WEARING,
    WHEELS,
    WORN,
)

MEMBER = (
    rf"(?<!bareng )(?<!sama )(?<!bersama )(?<!dengan )(?:{BELONG})(?:\W+\w+){{0,3}}?"
    rf"\W+(?:partai|parpol|part(?:y|ies)|{TEAM})"
)
"""Somebody is of a party or team, which is more than being seen at its events."""

# What others are told to bring, and to join.
_TO_DO = (
    rf"{FEW}(?:setor|nyetor|cari|golek|bawa|ngumpul|kumpul)\w*{NEXT}(?:nama|suara|dukungan|pemilih)",
    rf"{SOME}(?:(?:di)?masuk|gabung|bergabung|join|ikut)\w*{NEXT}?\W*{GROUP}",
)


def _behind(head: str, *tails: str) -> str:
    """Join what may stand behind the same words, so that these are looked for only once."""
    return rf"(?:{head})(?:{'|'.join(tails)})"


CUES: Mapping[str, tuple[str, ...]] = {
    "uang": (
        rf"{COLLECTED}{FEW}(?:{GIFTS}|persen|%){SOME}(?:{FOR_RALLY}|dana {BACKING})",
        rf"{COLLECTED}{NEXT}{GIFTS}{NEXT}?\W*(?:ke|untuk|buat|to){NEXT}?\W*(?:posko|{BACKING})",
        rf"(?:iuran|patungan|urunan|setoran|sumbangan){SOME}(?:{FOR_RALLY}|dana {BACKING})",
        rf"(?:traktir|ntraktir|nraktir|mentraktir)\w*{SOME}(?:{CANDIDATE}|{VOTE})",
        _behind(
            GIVING,
            rf"{NEXT}{GIFTS}",
            rf"{NEXT}?\W*{AID}{SOME}(?:{CANDIDATE}|{VOTE})",
            rf"{FEW}gratis{SOME}(?:{CANDIDATE}|{VOTE})",
        ),
        rf"(?:ask|collect|demand|request)\w*(?: for)? (?:money|cash|donations?){SOME}(?:campaign|{CANDIDATE})",
        rf"{RECEIVED}{NEXT}{GIFTS}{SOME}(?:{CANDIDATE}|{VOTE})",
        _behind(
            DEMANDED,
            rf"{NEXT}?\W*(?:{CASH}){SOME}{FOR_RALLY}",
            rf"{NEXT}(?:sumbangan|iuran|dana|setoran){NEXT}?\W*{BACKING}",
        ),
        rf"(?:contribut\w*|donat\w*|pay|paid|chip in){SOME}(?:for|to) (?:the )?(?:campaign|{CANDIDATE})",
        _behind(
            GIFTS,
            rf"{NEXT}?\W*(?:per|tiap|saben|setiap|se) ?(?:kk|orang|wong|rumah|omah|kepala|rt|warga|keluarga)",
            rf"{NEXT}(?:di|ter)(?:bagi|kasih|beri|sebar|salur|serah)\w*",
        ),
        (
            rf"(?:per|tiap|saben|setiap) (?:kk|orang|wong|rumah|omah|kepala|rt|warga|keluarga){NEXT}(?:jatah|oleh"
            rf"|dapat|dapet){NEXT}?\W*{GIFTS}"
        ),
        rf"(?:{CASH})\W+(?:transport\w*|lelah|bensin|kaget|rokok|saku)",
        rf"(?:{CASH}){SOME}(?:coblosan|pencoblosan|hari pemilihan)",
        rf"(?:iuran|patungan|urunan|setoran|sumbangan)\W+{BACKING}",
        rf"{GIVING}{NEXT}?\W*(?:doorprize|hadiah)",
        r"(?:ng|di)?(?:asih|kasih|bagi|enjuk)\W+\d{2,3}\W+(?:per|se|tiap|saben) ?(?:orang|wong|kk|kepala)",
        "serangan fajar|politik uang|money politic|nyogok|menyogok",
    ),
    "jabatan": (
        THREATS,
        rf"target\w*{SOME}suara",
        rf"(?:mov(?:e|ing)|transfer|fire|demot(?:e|ing)) (?:me|us|him|her|them|my|our){SOME}if",
        r"(?:tidak|ga|gak) diperpanjang|(?:di)?pecat\w*|threaten\w*",
        rf"{IF_NOT}{SOME}(?:{LOSSES}|{LOST})",
        _behind(
            rf"{LOSSES}|{LOST}|dibuang",
            rf"{NEXT}?\W*{IF_NOT}",
            rf"{NEXT}{IF}",
            rf"{SOME}{CAUSE}{SOME}(?:{NOT}|{BACKING}|relawan)",
        ),
        rf"{PUNISHED}{SOME}(?:{REFUSER}|lawan|pendukung|beda pilihan)",
        rf"{REFUSER}{SOME}(?:{LOSSES}|{LOST}|{THREATS})",
        rf"{IF}{SOME}(?:{PAY}{FEW}{CUTS}|{CUTS}{NEXT}{PAY})",
        rf"(?:{PAY}{FEW}{CUTS}|{CUTS}{NEXT}{PAY}){SOME}(?:{IF}\b|{FOR_RALLY})",
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
        rf"{OWNED}{FEW}{FOR_RALLY}",
        rf"{USING}{FEW}{FACILITY}",
        _behind(
            WHEELS,
            rf"{NEXT}?{HANGING}",
            rf"{SOME}(?:{LOADS}{NEXT}?\W*{BANNERS}|(?:di|ke|at|to) (?:posko|{EVENTS}|party|campaign))",
            rf"{SOME}(?:{BACKING}|posko)",
        ),
        rf"{HANGING}{FEW}{WHEELS}",
        rf"{LOADS}{NEXT}{BANNERS}{FEW}{WHEELS}",
        rf"(?:{BACKING}|posko){SOME}(?<!depan )(?<!deket )(?<!dekat ){RIDES}",
        rf"{OWNED}{SOME}{USING}",
        r"(?:kop|stempel)\w* (?:\w+ )?(?:dinas|kantor|desa|kelurahan|kecamatan|sekolah)(?:nya)?",
        rf"(?:{GIVING}|salur\w*|ditempel\w*){FEW}bansos{SOME}(?:{CANDIDATE}|{BANNERS}|foto|gambar)",
        rf"bansos{FEW}(?:ditempel\w*|gambar|bergambar|foto|stiker|logo|bareng\w*|atas nama){NEXT}?\W*{CANDIDATE}",
    ),
    "apk": (
        (
            rf"(?:{GIVING}|selip\w*|nyelip\w*|bawa|keliling|n?titip\w*|masuk\w*|sisip\w*|nyisip\w*|edar\w*"
            rf"|ngedar\w*){NEXT}?\W*{PRINTS}(?!\W+(?:di|ter)\w{{3}})"
        ),
        rf"{PRINTS}{FEW}(?:di|ter)(?:bagi|sebar|selip|kasih|edar)\w*",
        rf"{HANGING}{NEXT}{BANNERS}",
        rf"put{FEW}{BANNERS} (?:on|in|at)",
        _behind(
            BANNERS,
            rf"{NEXT}(?:di|ter)(?:{HANG})\w*",
            rf"{FEW}(?:{STANDING})",
            rf"{FEW}{STRONG}{NEXT}?\W*{HANGING}",
        ),
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
        rf"(?:acung|ngacung|mengacung|angkat|pose|berpose|tunjuk|simbol|salam|kode)\w*{NEXT}?\W*jari",
        r"finger sign|(?:one|two|three|number) fingers?",
        rf"{PARTY_WEAR}|party (?:shirt|uniform|jacket|attribute)s?",
        rf"{WEARING}{FEW}{WORN}{NEXT}?\W*(?:{CANDIDATE}|{NUMBER})",
        rf"{WEARING} a candidate's {WORN}",
        rf"{WEARING}{NEXT}?\W*{CANDIDATE}{NEXT}?\W*{WORN}",
        rf"selfie{FEW}{TOGETHER}{NEXT}?\W*{CANDIDATE}",
        (
            r"(?:pose|berpose|salam|nunjuk|menunjuk)\w*\W+(?:\w+\W+){0,2}?(?:jempol|telunjuk|metal|angka (?:\d|satu"
            r"|dua|tiga))"
        ),
        rf"(?:bareng|bersama|sama|karo) {CANDIDATE}{FEW}(?:foto|selfie|swafoto)",
    ),
    "medsos": (
        rf"kampanye (?:di |lewat )?{PUBLIC_SITE}",
        ONLINE,
        _behind(POSTING, rf"{SOME}(?:{SITE}|{CANDIDATE}|{VOTE})", rf"{NEXT}(?:{RALLYING})"),
        _behind(
            rf"{ACCOUNT}|{PUBLIC_SITE}",
            rf"{FEW}(?:isi|penuh|full|dukung|ndukung|promosi)\w*{SOME}(?:{CANDIDATE}|{VOTE})",
            rf"{FEW}(?:dukung|ndukung|promosi)\w*{NEXT}?\W*{CANDIDATE}",
        ),
        _behind(
            SPREAD,
            rf"{SOME}(?:status|story|grup) ?(?:wa|whatsapp|fb|ig)",
            rf"{SOME}{PUBLIC_SITE}{SOME}(?:{CANDIDATE}|{VOTE})",
            rf"{SOME}(?:{CANDIDATE}|{VOTE}){SOME}{PUBLIC_SITE}",
        ),
        r"status dukung\w*",
        r"(?:sebar|nyebar|menyebar|share|nge-?share|posting|kirim|ngirim)\w*(?:\W+\w+)?\W+hoa(?:x|ks)",
        rf"(?:status|postingan){FEW}kasih (?:hati|love|jempol)|kasih (?:hati|love|jempol){FEW}(?:status|postingan)",
        rf"{LIKES}{FEW}{PUBLIC_SITE}",
        rf"(?:status|story) ?(?:wa|ig|fb)\w*{SOME}(?:menang|{CANDIDATE})",
        rf"(?:kirim|ngirim|sebar|nyebar)\w*{NEXT}?\W*(?:video|konten|flyer)\w*{NEXT}?\W*{CANDIDATE}",
        PROFILE,
        rf"{LIVE}{SOME}(?:{RALLYING}|{CANDIDATE}|{VOTE})",
    ),
    "partai": (
        r"(?<!bareng )(?<!sama )(?<!bersama )(?<!dengan )(?:anggota|pengurus|kader) partai",
        r"(?:attend\w*|join\w*|at) (?:a |the )?party (?:meeting|event|congress)",
        rf"(?<!buat )(?<!untuk )(?<!utk )(?<!ke )(?<!kepada )(?<!dari )(?<!oleh ){TEAM}",
        rf"data{SOME}ke {TEAM}",
        r"(?:ketua|wakil|anggota|koordinator|bendahara|sekretaris|pembina|struktur) (?:tim )?pemenangan",
        rf"saksi (?:tps )?(?:{CANDIDATE})",
        MEMBER,
        ID_CARDS,
        r"kta(?: partai)?|(?:sk )?pengurus (?:ranting|dpc|dpd|pac|anak cabang)|ikut partai|tim hore",
        rf"(?:admin|pengelola)\W+(?:\w+\W+){{0,2}}?{BACKING}",
        rf"(?:admin|anggota|ketua|bikin|buat|gawe|bentuk) {GROUP}",
    ),
    "ajakan": (
        _behind(
            STRONG,
            rf"{FEW}(?:{VOTE}|{CANDIDATE}|{EVENTS})",
            rf"(?:\W+\w+){{0,4}}?\W+{POSTING}",
            rf"(?:\W+\w+){{0,6}}?\W+{CAST}",
            rf"{SOME}to {VOTE}",
            *_TO_DO,
        ),
        _behind(
            SAID,
            rf"{FEW}{IMPERATIVE}",
            rf"(?:\W+\w+){{0,8}}?\W+(?:pilih|coblos|milih|nyoblos)(?:\W+yang|\W+yg)?\W+(?:{NUMBER}|{CANDIDATE})",
            *_TO_DO,
        ),
        rf"ajakan {VOTE}",
        rf"(?<=[\"\u201c'])(?:(?:ayo|yuk|jangan lupa|jgn lupa|ojo lali) )?{IMPERATIVE}",
        rf"(?:{SAID})[^\"\u201c]{{0,60}}[\"\u201c](?:[^\"\u201d]{{0,40}}\W)?{NUMBER}",
        rf"salam dari {CANDIDATE}",
        (
            rf"(?:{IF}|asal|biar|supaya|agar|syarat\w*){NEXT}?\W*(?:ikut|hadir|datang|dateng|join|melu|milu|dukung"
            rf"|pilih"
            rf"|milih|coblos|nyoblos){NEXT}?\W*(?:{EVENTS}|{CANDIDATE}|{NUMBER})"
        ),
        rf"(?:(?:mem|di)?promosi\w*|(?:me|di)?nyebut nama|sebut nama){NEXT}?\W*{CANDIDATE}",
        rf"{IF_NOT}{NEXT}?\W*{CAST}",
        (
            r"(?:meng|ng|di|me)?k?umpul\w*(?!\W+(?:foto|fotokopi|copy)?\W?(?:ktp|kk|data))(?:\W+\w+){0,4}?\W+(?:menang"
            r"|memenang|dukung|milih|pilih|ndukung)\w*"
        ),
    ),
    "kampanye": (
        EVENTS,
        rf"(?:keliling|blusukan|muter){NEXT}?\W*{TOGETHER}{NEXT}?\W*{CANDIDATE}",
        rf"(?:dangdutan|orkes|wayangan|konser){FEW}{CANDIDATE}",
        rf"jog[ea][dt]\w*{NEXT}?\W*(?:panggung|bareng|bersama|sama|karo){NEXT}?\W*{CANDIDATE}",
        rf"(?:yel\w*|mars|lagu|nyanyi\w*|joget\w*){NEXT}?\W*(?:{CANDIDATE}|dukungan|{RALLYING})",
        rf"(?:makan|ngopi|nongkrong|ketemu|bertemu|kumpul|duduk|ngobrol){NEXT}?\W*{TOGETHER}{NEXT}?\W*{CANDIDATE}",
        rf"{LEADS}{NEXT}?\W*{CANDIDATE}",
        rf"{SEEN}{FEW}(?:posko|pemenangan|rumah (?:calon|paslon|caleg|kandidat))",
        rf"(?:di|ke|at|neng|nang|ning) (?:rumah|rumahnyo|umah|omah|omahe|umahe|house of) {CANDIDATE}",
        rf"(?:{MEETING}|doa bersama|istigh?osah|selamatan|slametan){FEW}(?:{CANDIDATE}|pemenangan)",
    ),
}
"""The patterns of each category; any of them is a mark of it."""
