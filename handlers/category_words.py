"""The words of the categories: what is given, hung, worn, used, said; Indonesian, its neighbours, plain English."""

# A few words between two that belong together.
FEW = r"(?:\W+\w+){0,4}?\W+"
NEXT = r"(?:\W+\w+){0,2}?\W+"
SOME = r"(?:\W+\w+){0,8}?\W+"

PEOPLE = (
    r"calon|caleg|paslon|pasangan|petahana|cawali|cabup|cagub|cawawali|cawalkot|cawakot|calun|partai|capres|cawapres"
    r"|bacalon|bapaslon"
)
CANDIDATE = rf"(?:(?:{PEOPLE})\w*|candidate\w*|part(?:y|ies)\b)"

# --- money and goods ----------------------------------------------------------------------------------------------
FOOD = (
    r"s[ae]mbako|semako|beras|minyak|gula|mie|indomie|telur|telor|kopi|daging|rokok|proyek|semen|rice|cooking oil"
    r"|groceries|sugar"
)
CLOTHES = r"sarung|jilbab|hijab|kerudung|mukena|sajadah|kaos|kaus|baju|topi|shirts?|t-shirts?"
CASH = (
    r"uang|duit|duwit|dhuwit|arto|artha|yatra|amplop|pulsa|token listrik|kupon|voucher|angpao|sangu"
    r"|money|cash|envelopes?"
)
GIFTS = rf"(?:{CASH}|{FOOD}|{CLOTHES}|parsel|bingkisan|(?:rp\W?)?\d+[.\d]* ?(?:rb|ribu|rebu|ewu|jt|juta|k\b|000))"
GIVE = r"bagi|bage|julung|kasih|asih|beri|bari|sebar|janji|salur|serah|jatah|sawer|enju|unju|dum"
GIVEN = (
    r"(?:me)?nyumbang\w*|m[ae]nenga|nenga|traktir\w*|[nm]e?traktir\w*|dibage\w*|ngasi\w*|dikasi\w*|ngenj[ou]\w*|nyebar\w*"
    r"|nyawer|maringi|diparingi"
    r"|nyangoni|nyelip\w*|dienj[ou]\w*|menyelip\w*"
)
GAVE = r"g[ai]ve[sn]?|giving|hand(?:s|ed|ing)? out|distribut\w+|paid|paying|pays|promis\w+|offer\w*"
DEMANDED = r"(?:nagih|tagih|minta|mintak|mintain|njaluk|narik|tarik|pungut|mungut)\w*"
COLLECTED = (
    r"(?:di|me|mem|ng|ny|n)?(?:tarik|narik|pungut|mungut|setor|nyetor|sumbang|nyumbang|transfer|potong|motong"
    r"|sunat|nyunat|iur|patungan|urunan)\w*"
)
AID = (
    r"(?:bantuan|hadiah|santunan|sumbangan|kursi roda|nasi (?:kotak|bungkus)|snack|doorprize|paket|tabung|elpiji|susu"
    r"|vitamin|obat|makanan|jajan)"
)
RECEIVED = (
    r"(?:dapat|dapet|nerima|menerima|terima|oleh|kebagian|dititipi|dibekali|pulang bawa|bawa pulang|received|got)"
)
GIVING = rf"(?!masih)(?:(?:pem|mem|mam|man|ma|di|ng|be|ba|nge|m)?(?:{GIVE})\w*|{GIVEN}|{GAVE})"

# --- banners ------------------------------------------------------------------------------------------------------
PRINTS = r"(?:kalender|kalendar|brosur|selebaran|pamflet|leaflets?|flyers?|calendars?|kartu nama|tabloid)(?:nya)?"
LEAFLETS = rf"(?:{PRINTS}|(?:ber)?sti[ck]+er(?:nya|s)?)"
BANNERS = (
    rf"(?:bal[ie]h?o|spanduk|sepanduk|poster|banner|bendera|umbul\w*|alat peraga|apk"
    rf"|(?:gambar|foto) (?:calon|caleg|paslon)"
    rf"|{LEAFLETS})s?"
)
HANG = (
    r"masang|pasang|tempel|templek|nempel|mpel|simpan|nyimpen|impan|tancap|nancap|nancep|pajang|majang|bentang|gantung"
    r"|taruh|naruh|diriin|dirikan"
)
HUNG = r"put(?:ting)? up|hang(?:s|ing)?|hung|install\w*|stuck|past(?:ed|ing)"
STANDING = r"nempel|nemplek|berdiri|terpampang|nangkring|mejeng|berjejer|berkibar|numpuk"
HANGING = rf"(?:(?:me|di|ny|n|ber|ter|ma|mam|ba)?(?:{HANG})\w*|{HUNG})"

# --- urging -------------------------------------------------------------------------------------------------------
ORDERS = (
    r"nyuruh|suruh|ngajak|ngejak|ajak|arah|ngarah|wajib|perintah|merintah|instruksi|himbau|imbau|paksa|maksa"
    r"|kongkon|utus|asuh"
)
CALLED_ON = r"n?dhawuh\w*|didhawuhi|ndawuhi|dikon|(?:di)?kengken|ngengken|ngongkon|manyuruh"
TOLD = (
    rf"{CALLED_ON}|mambawai|telling|told|tells?|ask(?:s|ed|ing)?|order(?:s|ed|ing)|forc(?:es|ed|ing)|urg(?:es|ed|ing)"
)
ASKED = (
    r"(?:di|me|ng|pe|ma)?(?:minta|pinta|mohon|himbau)\w*|njaluk|bilang|ngomong|omong|pesan\w*|berpesan|n?gandani"
    r"|kandani|ngomongi"
)
SAID = rf"{ASKED}|ngendika\w*|titip|nitip|said|says?|saying|kata\w*|ucap\w*|padah\w*|mamadah\w*|bapander|pidato\w*"
STRONG = (
    rf"(?:(?!pemerintah)(?:me|di|ng|pe|ma)?(?:{ORDERS})\w*|{TOLD}|wajib|harus|kudu|musti|jangan lupa|jgn lupa"
    rf"|ayo|mari|kon)"
)
COUNT = r"(?:\d|satu|dua|tiga|empat|siji|loro|telu|papat|sikok|duo|tigo|one|two|three|four)"
NUMBER = rf"(?:no|nomor|nomer|number)(?:\W?urut)? ?{COUNT}"
PICK = r"(?:me|di|ny|ma)?(?:pilih|milih|coblos|oblos|dukung|ndukung|menang)\w*"
CAST = r"(?:(?:me|di|ny|ma)?(?:pilih|milih|coblos|oblos)\w*|votes?\b|voting)"
VOTE = rf"(?:{PICK}|votes?\b|voting|support\w*|elect\b|{NUMBER})"
IMPERATIVE = rf"(?:(?:pilih|milih|coblos|dukung|menangkan|vote for|support)\w*|{NUMBER})"

# --- state facilities ---------------------------------------------------------------------------------------------
OF_STATE = (
    r"dinas|plat merah|pelat merah|kantor|pemkot|pemda|pemkab|siaga|ambulans?|puskesmas|operasional|desa|kelurahan"
    r"|sampah|damkar|pemadam|patroli|sekolah|kecamatan|dishub|jenazah|satpol|polisi|polsek|dinkes|dinsos|dispora|pdam"
    r"|bpbd|samsat|negara|tangki|pemerintah"
)
CARS = r"(?:mobil|motor|kendaraan|bus|bis|truk|truck)"
RED = (
    r"(?<!bank )(?<!perusahaan )(?<!rs )p(?:e)?lat (?:merah|abang)|red plates?|ambulans?|ambulance|(?:government"
    r"|official|office|state) (?:car"
    r"|vehicle|truck|bus)s?"
)
RIDES = rf"(?:{CARS} (?:{OF_STATE})|{RED})"
WHEELS = rf"(?:{RIDES}|rumah dinas)"
OFFICES = r"camat|kecamatan|lurah|kelurahan|desa|dinas|wali ?kota|bupati|pemkot|pemkab|pemda|puskesmas|sd|smp|sma|rsud"
ROOMS = (
    rf"(?:(?:district|village|town|city|school|sub-?district|office) (?:hall|building|room)|kantor (?:{OFFICES})"
    rf"|aula|gedung|balai (?:desa|kelurahan|kota)|ruang(?:an)? (?:rapat|kelas))"
)
GOODS = (
    r"(?:genset|tenda|kursi|meja|sound\w*|speaker|mic|proyektor|printer|laptop|komputer|kertas|fotokopi\w*|listrik"
    r"|panggung"
    r"|wifi|bbm|bensin|tarup|terop|kop|kopnya|stempel|cap|lapangan|halaman)"
)
OWNED = (
    rf"{GOODS}(?:\W+(?:\w+\W+){{0,4}}?(?:milik|punya|inventaris|aset|dari|surat)(?:nya)?)?\W+(?:kantor|{OFFICES}"
    rf"|sekolah)"
)
MONEY = r"fasilitas (?:negara|kantor|desa)|anggaran|dana (?:kantor|desa|dinas|bos|kelurahan)|public funds|office budget"
FACILITY = rf"(?:{WHEELS}|{ROOMS}|{MONEY}|{OWNED})"
USED = (
    r"pakai|pake|makai|sewa|make|guna|nggunakan|ngangkut|angkut|nganter|ngantar|antar|nganggo|anggo|naik|numpak"
    r"|pinjam|pinjem"
)
DRIVEN = r"ngeprint|print|cetak|nyetak|used?|uses|using|carr(?:y|ies|ied|ying)|drove|drives?|driving"
USING = rf"(?:(?:di|me|ma|mem)?(?:{USED})\w*|bawa|membawa|dibawa|{DRIVEN})"
LOADS = r"(?:(?:di|me|mem|ng)?(?:muat|bongkar|turun|nurun)\w*|unload\w*|load\w*|delivers?)"

# --- social media -------------------------------------------------------------------------------------------------
LIKES = r"like[sd]?2?|ngelike|nge-like|liking|n?gelaik\w*|komen\w*|ngomen\w*|comment\w*|subscribe|follow"
SHARES = r"share[sd]?2?|sharing|ngeshare|nge-share|repost\w*|forward|diteruskan|meneruskan|nerus\w*|diterusin"
POSTS = (
    r"posting\w*|post(?:s|ed)?|ngepost|memposting|diposting|(?:di|meng|ng)?(?:upload|unggah)\w*|update (?:status"
    r"|story|sw)|twibbon\w*"
)
POSTING = rf"(?:{LIKES}|{SHARES}|{POSTS}|(?:bikin|buat|nulis|pasang|gawe) (?:status|story|konten|reels?|video))"
ACCOUNT = r"(?:akun|postingan|konten|beranda|feed|tweet|timeline|status|story|snapgram)\w*"
PUBLIC_SITE = r"(?:fb|pesbuk|facebook|ig|insta\w*|tiktok|tik tok|twitter|medsos|sosmed|youtube|yutub|social media)"
SPREAD = r"(?:pasang|masang|taruh|naruh|kirim|ngirim|sebar|nyebar|ganti|gonta-ganti|tulis|nulis)\w*"
PROFILE = r"(?:foto profil\w*|profile picture|poto profil|pp wa|dp wa|dp bbm)"
SITE = rf"(?:{PUBLIC_SITE}|wa|whatsapp|status|story|grup|group)"

# --- campaign and party -------------------------------------------------------------------------------------------
ATTENDS = r"attend\w*|join\w*|at|went to|came to|in"
NO_RALLY = r"(?! (?:team|poster|banner|material)s?)"
RALLY = rf"(?:{ATTENDS}) (?:a |the |an )?(?:\w+ ){{0,2}}?(?:campaign|rally|declaration)\b{NO_RALLY}"
MEETING = r"jalan (?:sehat|santai)|senam|acara|pertemuan|rapat|syukuran|konsolidasi|silaturahmi|kumpulan|arak\w*|konser"
LEADS = (
    r"(?:(?:meng|men|me|mang|ng|ny|di|n|nge)?(?:damping|antar|anter|kawal|iring|jemput|sambut|teman|temen)\w*"
    r"|arak\w*|escort\w*"
    r"|accompan\w*)"
)
SEEN = (
    r"(?:hadir|menghadiri|dihadiri|datang|dateng|ikut|melu|milu|umpat|nonton|nongkrong|nongol|kumpul|jaga|ngepos"
    r"|resmi\w*)\w*"
)
NO_MONEY = "".join(
    rf"(?<!{word} )"
    for word in (
        *(
            "dana",
            "biaya",
            "modal",
            "sumbangan",
            "sumbang",
            "nyumbang",
            "donatur",
            "uang",
            "bantu",
            "campaign",
            "iuran",
        ),
        *("video", "videonya", "lagu", "grup", "konten", "materi", "bahan", "berita", "link", "jadwal", "atribut"),
    )
)
CAMPAIGNED = rf"{NO_MONEY}(?:me|ng|di|ber)?kampanye(?:in|kan|ke|kno)?"
EVENTS = (
    rf"(?:{CAMPAIGNED}|jurkam|juru kampanye|deklarasi|konvoi|orasi|pawai|naik (?:ke )?panggung|on ?stage"
    rf"|jalan sehat bersama|{RALLY}|rally)"
)
TOGETHER = r"(?:bareng|bersama|barengan|sama|samo|karo|ambek|wan|dengan|dg|sambil|pakai|pake|with)"
TEAM = (
    r"(?:timses|korlap|tim 0?[1-4]\b|tim ?(?:sukses|pemenangan|ahli|kampanye|relawan|inti)"
    r"|relawan|(?:winning"
    r"|campaign|success) team)"
)
BELONG = (
    r"jadi|jd|jdi|dadi|saksi|pembina|bendahara|sekretaris|menjadi|masuk|gabung|bergabung|anggota|pengurus|kader"
    r"|ketua|koordinator|member|joined|is in|works for"
)
ID_CARDS = (
    r"(?:(?:kumpul|ngumpul|mengumpul|minta|collect|setor|nyetor|serah|nyerah)\w*(?:\W+\w+){0,4}?\W+(?:ktp|id cards?|kk)"
    r"|ktp(?:\W+\w+){0,3}?\W+(?:di)?(?:kumpul|tarik|minta|jaluk)\w*)"
)
WORN = (
    r"(?:atribut|baju|kaos|kaus|kemeja|batik|jaket|seragam|topi|jilbab|kerudung|hijab|sarung|rompi|pin"
    r"|masker|gelang|shirt|t-shirt|cap"
    r"|jacket)s?(?:nya)?"
)
PARTY_WEAR = (
    rf"{WORN} (?:(?:ber)?gambar(?:nya)? |warn[ao] )?(?:partai|paslon|calon|caleg|tim sukses|bacalon|bapaslon"
    rf"|tim)(?:nya|ne|e)?"
)
WEARING = r"(?:pakai|pake|makai|make|nganggo|bapakai|berseragam|wore|wears?|wearing)"

# Signs of pressure; "takut dipindah" is the fear of the one who writes, and no threat told.
THREATS = (
    r"(?<!kabid )(?<!bidang )(?<!seksi )(?<!kasi )(?<!kasubid )(?<!kasubbid )(?<!kasubag )"
    r"(?:di|me|ny|ng|peng|meng|ma|mah|mang)?(?:mutasi|demosi|non ?job|copot|nyopot|anc[ae]m|intimidasi|gertak)\w*"
    rf"(?!\W+(?:\w+\W+){{0,3}}?{BANNERS})"
)
LOSSES = (
    r"(?:tidak|ga|gak|dak|ora|kada) (?:di)?perpanjang\w*|(?:di)?pecat\w*|dipindah\w*|(?:me)?mindah\w*|pindah(?:kan|in)"
    r"|dipersulit|digusur|distop|diputus"
    r"|ditandai|dicatat|diblokir|diusir|dihambat|dikeluarkan|dicoret|diturunkan|tau sendiri|awas"
    r"|(?:tidak|tdk|ga|gak|dak|ora|kada) (?:cair|naik|lulus|diurus|dilayani|dibantu|aman)"
)
SERVED = r"(?:tidak|tdk|ga|gak|dak|ora|kada) (?:di)?(?:kasih|layani|urus|proses|bantu|tandatangan|ttd)\w*"
STRUCK = r"(?:di|ny|men)?coret\w*"
LOST = r"dicabut|diberhentikan|dihentikan|threat\w*|fired|transferred|lose (?:your|our|their|his|her) jobs?"
PUNISHED = (
    r"(?:mindah\w*|memindah\w*|mecat|memecat|nolak|menolak|nyoret|nutup|menutup|nahan|menahan|ngusir|mengusir"
    r"|nonaktif\w*"
    r"|memberhentikan|ngeluarin|mengeluarkan|nyetop|mempersulit|transferred|fired)"
)
CAUSE = r"(?:lantaran|gara\W?(?:gara|2)?|karena|krn|karna|soale|sebab|mergo|gegara|because|for)"
REFUSER = (
    r"(?:yg|yang|sing|nang|siapa|who)\W+(?:\w+\W+){0,2}?(?:nolak|menolak|mbantah|refuse\w*"
    r"|(?:tidak|tdk|ga|gak|ngga|nggak|dak|idak|ora|ra|kada|ndak|not|don't|didn't)\W+\w+)"
)
NOT = r"(?:tidak|tdk|ga|gak|ngga|nggak|dak|idak|ora|ra|kada|not?|didn't|beda|kalah|nolak|menolak)"
IF = r"(?:kalau|kalo|klo|kalu|lamun|nek|yen|jika|bila|if)"
IF_NOT = rf"{IF}(?:\W+\w+){{0,4}}?\W+(?:tidak|tdk|ga|gak|dak|ora|kada|kd|not?|don't)"

# Pay that is cut or kept back: for a campaign, or if the vote goes wrong.
PAY = r"(?:gaji|honor(?:er)?|tpp|tunjangan|insentif|thr|upah|sertifikasi|uang makan|salary|wages|pay|allowance)"
CUTS = (
    r"(?:(?:di|me|mo|ke)?(?:potong|motong|tahan|nahan|pangkas|hapus|kethok)\w*|deduct\w*|cut|withheld|withhold|docked)"
)
FOR = r"(?:buat|untuk|utk|demi|nggo|gawe|gasan|for)"
BACKING = rf"(?:kampanye|campaign|timses|pemenangan|{CANDIDATE})"
FOR_RALLY = rf"{FOR}(?:\W+\w+){{0,3}}?\W+{BACKING}"
OF_TEAM = r"(?:pemenangan|pendukung|dukungan|timses|relawan|paslon|calon)"
GROUP = rf"(?:grup|group)(?: (?:wa|whatsapp|telegram|chat))?(?: \w+)? {OF_TEAM}"
LIVE = rf"(?:live|siaran langsung|streaming)(?:\W+(?:di|lewat|on|streaming))?\W+{PUBLIC_SITE}"
RALLYING = r"(?:me|ng|di|ber)?kampanye\w*|campaign\w*"
ONLINE = (
    rf"joget\w*{SOME}{PUBLIC_SITE}|(?:joget\w*|goyang|nyanyi\w*|video\w*)(?: di)? {PUBLIC_SITE}"
    rf"|(?:{RALLYING}|promosi\w*){SOME}(?:lewat|via"
    rf"|liwat|through) (?:status|story|grup|wa|{PUBLIC_SITE})"
)
