"""The words by which a story shows its category: Indonesian, its neighbours, and plain English, as patterns."""

from collections.abc import Mapping

# A few words between two that belong together.
_FEW = r"(?:\W+\w+){0,4}?\W+"
_NEXT = r"(?:\W+\w+){0,2}?\W+"
_SOME = r"(?:\W+\w+){0,8}?\W+"

_PEOPLE = r"calon|caleg|paslon|pasangan|petahana|cawali|cabup|cagub|cawawali|partai|capres|cawapres|bacalon|bapaslon"
_CANDIDATE = rf"(?:(?:{_PEOPLE})\w*|candidate\w*|part(?:y|ies)\b)"

# --- money and goods ----------------------------------------------------------------------------------------------
_FOOD = (
    r"s[ae]mbako|semako|beras|minyak|gula|mie|indomie|telur|telor|kopi|daging|rokok|rice|cooking oil|groceries|sugar"
)
_CLOTHES = r"sarung|jilbab|hijab|kerudung|mukena|sajadah|kaos|kaus|baju|topi|shirts?|t-shirts?"
_CASH = r"uang|duit|duwit|dhuwit|arto|artha|yatra|amplop|pulsa|kupon|voucher|angpao|sangu|money|cash|envelopes?"
_GIFTS = rf"(?:{_CASH}|{_FOOD}|{_CLOTHES}|parsel|bingkisan|(?:rp\W?)?\d+[.\d]* ?(?:rb|ribu|rebu|ewu|jt|juta|k\b|000))"
_GIVE = r"bagi|bage|julung|kasih|asih|beri|bari|sebar|janji|salur|serah|sawer|enju|unju|dum"
_GIVEN = (
    r"ngasi\w*|dikasi\w*|ngenj[ou]\w*|nyebar\w*|nyawer|maringi|diparingi|nyangoni|nyelip\w*|dienj[ou]\w*|menyelip\w*"
)
_GAVE = r"g[ai]ve[sn]?|giving|hand(?:s|ed|ing)? out|distribut\w+|paid|paying|pays|promis\w+|offer\w*"
_GIVING = rf"(?:(?:pem|mem|mam|man|ma|di|ng|be|ba|nge|m)?(?:{_GIVE})\w*|{_GIVEN}|{_GAVE})"

# --- banners ------------------------------------------------------------------------------------------------------
_LEAFLETS = r"(?:stiker|sticker|kalender|brosur|selebaran|pamflet|leaflets?|flyers?|calendars?)"
_BANNERS = rf"(?:baliho|spanduk|sepanduk|poster|banner|bendera|umbul\w*|alat peraga|apk|gambar calon|{_LEAFLETS})s?"
_HANG = r"masang|pasang|tempel|nempel|mpel|simpan|impan|tancap|nancap|nancep|pajang|majang|bentang|gantung|taruh|naruh"
_HUNG = r"put(?:ting)? up|hang(?:s|ing)?|hung|install\w*|stuck|past(?:ed|ing)"
_HANGING = rf"(?:(?:me|di|ny|n|ber|ter|ma|mam|ba)?(?:{_HANG})\w*|{_HUNG})"

# --- urging -------------------------------------------------------------------------------------------------------
_ORDERS = (
    r"nyuruh|suruh|ngajak|ngejak|ajak|arah|ngarah|wajib|perintah|merintah|instruksi|himbau|imbau|paksa|maksa|kongkon"
)
_CALLED_ON = r"dikon|(?:di)?kengken|ngengken|ngongkon|manyuruh"
_TOLD = rf"{_CALLED_ON}|mambawai|told|tells?|ask(?:s|ed|ing)?|order(?:s|ed)|forc(?:es|ed|ing)|urg(?:es|ed|ing)"
_ASKED = r"(?:di|me|ng|pe|ma)?(?:minta|pinta|mohon|himbau)\w*|njaluk|bilang|ngomong|omong|pesan\w*|berpesan|kandani"
_SAID = rf"{_ASKED}|ngendika\w*|titip|nitip|said|says?|saying|kata\w*|ucap\w*|padah\w*|mamadah\w*|pidato\w*"
_STRONG = rf"(?:(?:me|di|ng|pe|ma)?(?:{_ORDERS})\w*|{_TOLD}|wajib|harus|kudu|musti|jangan lupa|jgn lupa|ayo|mari|kon)"
_COUNT = r"(?:\d|satu|dua|tiga|empat|siji|loro|telu|papat|sikok|duo|tigo|one|two|three|four)"
_NUMBER = rf"(?:no|nomor|nomer|number)(?:\W?urut)? ?{_COUNT}"
_PICK = r"(?:me|di|ny|ma)?(?:pilih|milih|coblos|oblos|dukung|ndukung|menang)\w*"
_CAST = r"(?:(?:me|di|ny|ma)?(?:pilih|milih|coblos|oblos)\w*|votes?\b|voting)"
_VOTE = rf"(?:{_PICK}|votes?\b|voting|support\w*|elect\b|{_NUMBER})"
_IMPERATIVE = rf"(?:(?:pilih|milih|coblos|dukung|menangkan|vote for|support)\w*|{_NUMBER})"

# --- state facilities ---------------------------------------------------------------------------------------------
_OF_STATE = (
    r"dinas|plat merah|pelat merah|kantor|pemkot|pemda|pemkab|siaga|ambulans?|puskesmas|operasional|desa|kelurahan"
)
_CARS = r"(?:mobil|motor|kendaraan|bus|bis|truk|truck)"
_RED = (
    r"p(?:e)?lat merah|red plates?|ambulans?|ambulance|(?:government|official|office|state) (?:car|vehicle|truck|bus)s?"
)
_WHEELS = rf"(?:{_CARS} (?:{_OF_STATE})|rumah dinas|{_RED})"
_OFFICES = r"camat|kecamatan|lurah|kelurahan|desa|dinas|wali ?kota|bupati|pemkot"
_ROOMS = (
    rf"(?:kantor (?:{_OFFICES})|aula|gedung|balai (?:desa|kelurahan|kota)|ruang(?:an)? (?:rapat|kelas)|office hall)"
)
_MONEY = (
    r"fasilitas (?:negara|kantor|desa)|anggaran|dana (?:kantor|desa|dinas|bos|kelurahan)|public funds|office budget"
)
_FACILITY = rf"(?:{_WHEELS}|{_ROOMS}|{_MONEY})"
_USED = r"pakai|pake|makai|make|guna|nggunakan|ngangkut|angkut|nganter|ngantar|antar|nganggo|anggo|pinjam|pinjem"
_DRIVEN = r"used?|uses|using|carr(?:y|ies|ied|ying)|drove|drives?|driving"
_USING = rf"(?:(?:di|me|ma|mem)?(?:{_USED})\w*|bawa|membawa|dibawa|{_DRIVEN})"
_LOADS = r"(?:(?:di|me|mem|ng)?(?:muat|bongkar|turun|nurun)\w*|unload\w*|load\w*|delivers?)"

# --- social media -------------------------------------------------------------------------------------------------
_LIKES = r"like[sd]?2?|ngelike|nge-like|liking|komen\w*|ngomen\w*|comment\w*|subscribe|follow"
_SHARES = r"share[sd]?2?|sharing|ngeshare|nge-share|repost\w*|forward|diteruskan|meneruskan"
_POSTS = r"posting\w*|post(?:s|ed)?|ngepost|memposting|diposting|(?:di|meng|ng)?(?:upload|unggah)\w*|update status"
_POSTING = rf"(?:{_LIKES}|{_SHARES}|{_POSTS}|(?:bikin|buat|nulis|pasang) (?:status|story))"
_PUBLIC_SITE = r"(?:fb|pesbuk|facebook|ig|insta\w*|tiktok|tik tok|twitter|medsos|sosmed|youtube|social media)"
_SITE = rf"(?:{_PUBLIC_SITE}|wa|whatsapp|status|story|grup|group)"

# --- campaign and party -------------------------------------------------------------------------------------------
_ATTENDS = r"attend\w*|join\w*|at|went to|came to|in"
_NO_RALLY = r"(?! (?:team|poster|banner|material)s?)"
_RALLY = rf"(?:{_ATTENDS}) (?:a |the |an )?(?:\w+ ){{0,2}}?(?:campaign|rally|declaration)\b{_NO_RALLY}"
_MEETING = (
    r"jalan (?:sehat|santai)|senam|acara|pertemuan|rapat|syukuran|konsolidasi|silaturahmi|kumpulan|arak\w*|konser"
)
_NO_MONEY = r"(?<!dana )(?<!biaya )(?<!modal )(?<!sumbangan )(?<!campaign )"
_CAMPAIGNED = rf"{_NO_MONEY}(?:me|ng|di|ber)?kampanye(?:in|kan|ke|kno)?"
_EVENTS = rf"(?:{_CAMPAIGNED}|deklarasi|konvoi|orasi|pawai|naik panggung|jalan sehat bersama|{_RALLY}|rally)"
_TOGETHER = r"(?:bareng|bersama|barengan|sama|samo|karo|ambek|wan|dengan|dg|sambil|pakai|pake|with)"
_TEAM = r"(?:timses|tim ?(?:sukses|pemenangan|ahli|kampanye|relawan|inti)|relawan|(?:winning|campaign|success) team)"
_BELONG = (
    r"jadi|dadi|menjadi|masuk|gabung|bergabung|anggota|pengurus|kader|ketua|koordinator|member|joined|is in|works for"
)
_ID_CARDS = r"(?:kumpul|ngumpul|mengumpul|minta|collect)\w*(?:\W+\w+){0,4}?\W+(?:ktp|id cards?|kk)"
_PARTY_WEAR = (
    r"(?:atribut|baju|kaos|kaus|kemeja|batik|jaket|seragam|topi|rompi) (?:partai|paslon|calon|caleg|tim sukses)"
)

# Signs of pressure; "takut dipindah" is the fear of the one who writes, and no threat told.
_THREATS = r"(?:di|me|ng|peng|meng|ma|mah|mang)?(?:mutasi|demosi|non ?job|copot|anc[ae]m|intimidasi|gertak)\w*"
_LOSSES = (
    r"(?:tidak|ga|gak|dak|ora|kada) (?:di)?perpanjang\w*|(?:di)?pecat\w*|dipindah\w*|dipersulit|digusur|distop|diputus"
)
_LOST = r"dicabut|diberhentikan|dihentikan|threat\w*|fired|transferred|lose (?:your|our|their|his|her) jobs?"
_IF = r"(?:kalau|kalo|klo|kalu|lamun|nek|yen|jika|bila|if)"
_IF_NOT = rf"{_IF}(?:\W+\w+){{0,4}}?\W+(?:tidak|tdk|ga|gak|dak|ora|kada|kd|not?|don't)"

# Pay that is cut or kept back: for a campaign, or if the vote goes wrong.
_PAY = r"(?:gaji|honor(?:er)?|tpp|tunjangan|insentif|thr|upah|sertifikasi|uang makan|salary|wages|pay|allowance)"
_CUTS = (
    r"(?:(?:di|me|mo|ke)?(?:potong|motong|tahan|nahan|pangkas|hapus|kethok)\w*|deduct\w*|cut|withheld|withhold|docked)"
)
_FOR = r"(?:buat|untuk|utk|demi|nggo|gawe|gasan|for)"
_BACKING = rf"(?:kampanye|campaign|timses|pemenangan|{_CANDIDATE})"
_FOR_RALLY = rf"{_FOR}(?:\W+\w+){{0,3}}?\W+{_BACKING}"
_OF_TEAM = r"(?:pemenangan|pendukung|dukungan|timses|relawan|paslon|calon)"
_GROUP = rf"(?:grup|group)(?: (?:wa|whatsapp|telegram|chat))?(?: \w+)? {_OF_TEAM}"
_LIVE = rf"(?:live|siaran langsung|streaming)(?:\W+(?:di|lewat|on|streaming))?\W+{_PUBLIC_SITE}"
_RALLYING = r"(?:me|ng|di|ber)?kampanye\w*|campaign\w*"

CUES: Mapping[str, tuple[str, ...]] = {
    "uang": (
        rf"{_GIVING}{_NEXT}{_GIFTS}",
        rf"{_GIFTS}{_NEXT}(?:di|ter)(?:bagi|kasih|beri|sebar|salur|serah)\w*",
        "serangan fajar|politik uang|money politic|nyogok|menyogok",
    ),
    "jabatan": (
        _THREATS,
        r"(?:tidak|ga|gak) diperpanjang|(?:di)?pecat\w*|threaten\w*",
        rf"{_IF_NOT}{_SOME}(?:{_LOSSES}|{_LOST})",
        rf"(?:{_LOSSES}|{_LOST}){_NEXT}?\W*{_IF_NOT}",
        rf"(?:{_LOSSES}|{_LOST}){_NEXT}{_IF}",
        rf"{_IF}{_SOME}(?:{_PAY}{_FEW}{_CUTS}|{_CUTS}{_NEXT}{_PAY})",
        rf"(?:{_PAY}{_FEW}{_CUTS}|{_CUTS}{_NEXT}{_PAY}){_SOME}(?:{_IF}\b|{_FOR_RALLY})",
    ),
    "fasilitas": (
        rf"{_FACILITY}{_FEW}{_USING}",
        rf"{_USING}{_FEW}{_FACILITY}",
        rf"{_WHEELS}{_NEXT}?{_HANGING}",
        rf"{_HANGING}{_FEW}{_WHEELS}",
        rf"{_WHEELS}{_SOME}(?:{_LOADS}{_NEXT}?\W*{_BANNERS}|(?:di|ke|at|to) (?:posko|{_EVENTS}|party|campaign))",
        rf"{_LOADS}{_NEXT}{_BANNERS}{_FEW}{_WHEELS}",
        "bansos",
    ),
    "apk": (rf"{_HANGING}{_NEXT}{_BANNERS}", rf"{_BANNERS}{_NEXT}(?:di|ter)(?:{_HANG})\w*"),
    "simbol": (
        rf"(?:foto|selfie|swafoto|photos?|pictures?)\w*{_NEXT}?{_TOGETHER}{_NEXT}(?:{_CANDIDATE}|jari)",
        r"(?:foto|selfie|swafoto)\w* (?:\w+ )?jari",
        rf"(?:joget|goyang|danc(?:es?|ed|ing)|pose|berpose|yel\w*|salam)\W+(?:\w+\W+)?{_NUMBER}",
        rf"(?:acung|ngacung|mengacung|angkat|pose|berpose|tunjuk|simbol|salam)\w*{_NEXT}?\W*jari",
        r"finger sign|(?:one|two|three|number) fingers?",
        rf"{_PARTY_WEAR}|party (?:shirt|uniform|jacket|attribute)s?",
    ),
    "medsos": (
        rf"kampanye (?:di |lewat )?{_PUBLIC_SITE}",
        rf"{_POSTING}{_SOME}(?:{_SITE}|{_CANDIDATE})",
        rf"(?:pasang|taruh|naruh|kirim|ngirim|sebar|nyebar)\w*{_SOME}(?:status|story|grup) ?(?:wa|whatsapp|fb|ig)",
        r"status dukung\w*",
        rf"{_LIVE}{_SOME}(?:{_RALLYING}|{_CANDIDATE}|{_VOTE})",
        rf"{_POSTING}{_NEXT}(?:{_RALLYING})",
    ),
    "partai": (
        rf"(?:anggota|pengurus|kader) partai|{_TEAM}",
        rf"(?:{_BELONG})(?:\W+\w+){{0,3}}?\W+(?:partai|part(?:y|ies)|{_TEAM})",
        _ID_CARDS,
        rf"(?:admin|anggota|ketua) {_GROUP}",
    ),
    "ajakan": (
        rf"{_STRONG}{_FEW}(?:{_VOTE}|{_CANDIDATE}|{_EVENTS})",
        rf"(?:{_SAID}){_FEW}{_IMPERATIVE}",
        rf"ajakan {_VOTE}",
        rf"{_STRONG}(?:\W+\w+){{0,6}}?\W+{_CAST}",
        rf"(?:{_TOLD}){_SOME}to {_VOTE}",
        rf"(?:{_STRONG}|{_ASKED}){_FEW}(?:masuk|gabung|bergabung|join|ikut){_NEXT}?\W*{_GROUP}",
        r"(?:meng|ng|di|me)?k?umpul\w*(?!\W+(?:foto|fotokopi|copy)?\W?(?:ktp|kk|data))(?:\W+\w+){0,4}?\W+(?:menang|memenang|dukung|milih|pilih|ndukung)\w*",
    ),
    "kampanye": (
        _EVENTS,
        rf"{_GIVING}{_NEXT}{_LEAFLETS}",
        rf"(?:{_MEETING}){_FEW}{_CANDIDATE}",
        rf"(?:(?:ng|di|meng)arak|(?:me|ng|di|men)?damping\w*|(?:meng|ng|di)iring\w*|escort\w*){_NEXT}?\W*{_CANDIDATE}",
    ),
}
"""The patterns of each category; any of them is a mark of it."""

MEMBER = rf"(?:{_BELONG})(?:\W+\w+){{0,3}}?\W+(?:partai|part(?:y|ies)|{_TEAM})"
"""Somebody is of a party or team, which is more than being seen at its events."""

ORDERED_POSTS = rf"{_STRONG}(?:\W+\w+){{0,4}}?\W+{_POSTING}"
"""Others are told to like and share: that is urging, and not posting."""

CAMPAIGN_ONLINE = rf"{_POSTING}{_NEXT}(?:{_RALLYING})|{_LIVE}"
"""A campaign that stands in a post: posting, and no rally."""

ORDERED_SIGNS = rf"{_STRONG}(?:\W+\w+){{0,4}}?\W+(?:{_PARTY_WEAR}|foto|selfie|(?:\w+ )?jari)"
"""The same of shirts, photos and fingers."""

WEARS = rf"{_PARTY_WEAR}|party (?:shirt|uniform|jacket|attribute)s?"
"""What is worn at an event; a raised finger or a photo is more than that."""
