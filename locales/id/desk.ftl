### What officers read: the card, its buttons, the opened report, and what the desk's bot says to them.

card =
    { $reference }{ $live }{ $news }
    { $what } · { $place } · { DATETIME($day, dateStyle: "long") }
    Bukti: { $items } · Status: { $status } · Dipegang: { $holder }
card-live = { " " }· SEDANG BERLANGSUNG
card-answered = { " " }· ADA JAWABAN
card-awaiting = { " " }· MENUNGGU JAWABAN
card-pending = { " " }· PERTANYAAN MENUNGGU SETUJU

desk-take = Ambil
desk-release = Lepas
desk-open = Buka
desk-status = Status
desk-close = Selesai …
desk-back = Kembali
desk-tracing = Ditelusuri
desk-referred = Diteruskan
desk-proven = Terbukti
desk-unproven = Tidak terbukti
desk-insufficient = Tidak cukup bukti
desk-out-of-scope = Bukan kewenangan
desk-spam = Spam

desk-ticked = √ { $label }
desk-reopen = Buka lagi …
desk-reopen-evidence = Ada bukti baru
desk-reopen-mistake = Salah tekan
desk-reopen-order = Diminta atasan
desk-sanction = Sanksi …
desk-sanction-moral-closed = Moral, tertutup
desk-sanction-moral-open = Moral, terbuka
desk-sanction-medium = Sedang
desk-sanction-heavy = Berat
desk-sanction-dismissal = Pemberhentian
desk-ask = Tanya pelapor
desk-ask-when = Jam kejadian
desk-ask-where = Tempat persisnya
desk-ask-who = Jabatan pegawai
desk-ask-what = Rincian kejadian
desk-ask-often = Pernah sebelumnya
desk-ask-proof = Bukti yang ada
desk-ask-send = Kirim pertanyaan
desk-ask-write = Tulis sendiri
desk-agree = Setuju
desk-refuse = Jangan kirim
desk-more = Lainnya
desk-note = Catatan
desk-tag = Kode hukum
desk-twin = Duplikat dari
desk-exclude = Kecualikan petugas
desk-undo = Urungkan

question-when = Kira-kira pukul berapa kejadiannya?
question-where = Di mana persisnya kejadiannya?
question-who = Apa jabatan pegawai itu, dan di kantor mana?
question-what = Apa persisnya yang dilakukan atau dikatakan pegawai itu?
question-often = Apakah ini pernah terjadi sebelumnya?
question-proof = Apakah ada foto, surat, atau pesan yang menunjukkannya?

desk-status-received = baru
desk-status-acknowledged = dibaca
desk-status-tracing = ditelusuri
desk-status-referred = diteruskan
desk-status-proven = selesai, terbukti
desk-status-unproven = selesai, tidak terbukti
desk-status-insufficient = selesai, tidak cukup bukti
desk-status-out-of-scope = selesai, bukan kewenangan
desk-status-spam = selesai, spam

toast-auditor = Peran Anda hanya membaca catatan kerja. Minta petugas lain menekan tombol ini.
toast-held = Sedang dipegang { $holder }. Minta dilepas dulu, atau hubungi penyelia.
toast-taken = Anda yang memegang sekarang.
toast-released = Sudah dilepas. Petugas lain bisa mengambilnya.
toast-opened = Isinya dikirim ke obrolan pribadi Anda.
toast-menu = Silakan pilih.
toast-stale = Tombol ini sudah lama. Pakai tombol yang baru.
toast-status = Status sekarang: { $status }.
toast-excluded = Laporan ini tidak ditangani oleh Anda. Hubungi penyelia kalau ini keliru.
toast-write = Tulislah di obrolan pribadi Anda dengan bot ini, untuk { $reference }.
toast-tick-first = Pilih dulu pertanyaannya. Boleh lebih dari satu.
toast-asked = Pertanyaan dikirim. Jawabannya muncul di kartu ini.
toast-refused = Pertanyaan itu tidak dikirim.
toast-not-own = Pertanyaan Anda perlu disetujui petugas lain.
toast-read-first = Pertanyaannya ada di obrolan pribadi Anda. Baca, lalu tekan Setuju lagi.
toast-sanction = Tercatat. Sanksi: { $sanction }.
toast-twin = Hubungan dengan { $reference } diubah. Kedua laporan tetap ada.
toast-undone = Perubahan Anda yang terakhir dibatalkan.
toast-not-undone = Hanya perubahan Anda sendiri yang terakhir bisa dibatalkan.
toast-not-yours = Tombol ini hanya untuk petugas yang terdaftar di sini. Hubungi pengelola.
toast-start-first = Buka dulu obrolan pribadi dengan bot ini, tekan Start. Lalu coba lagi.
toast-our-fault = Maaf, ini kesalahan kami. Coba tekan sekali lagi, atau hubungi pengelola.

desk-tip =
    { $reference }{ $live } · pesan ini hilang dalam { $expires } menit

    Kejadian: { $what }
    Pegawai yang dilaporkan: { $who }
    Jabatan: { $post }
    Di mana: { $place }
    Kapan: { $when }
    Pelapor tahu sejak: { $known }
    Kantor pembaca mungkin terlibat: { $conflict }
    Bukti: { $items }

    Cerita:
    { $story }

    Percakapan dengan pelapor:
    { $letters }

    Catatan petugas:
    { $notes }

    Mungkin kejadian yang sama: { $twins }

    Ini dugaan, belum tentu terbukti. Jangan sebarkan, dan jangan cari siapa pelapornya.
desk-files-missing = { $here }, dan { $count } belum sampai (buka lagi nanti)

desk-not-relayed =
    Balasan ini tidak sampai ke pelapor.
    Pakai tombol di bawah kartu.
desk-welcome =
    Anda sudah terhubung.
    Kembali ke grup, lalu tekan Buka di bawah kartu. Isinya muncul di sini.
desk-unknown =
    Bot ini hanya untuk petugas yang terdaftar.
    Anda petugas? Minta pengelola mendaftarkan Anda.
desk-help =
    Tekan tombol di bawah kartu di grup: Ambil, Buka, atau Status.
    Isi yang Anda buka muncul di sini, lalu hilang sendiri.
    Tulisan Anda di sini tidak sampai ke pelapor.
desk-fingerprint =
    Kunci meja ini ({ $epoch }) dikenal dari delapan kata:
    { $words }
    Cocokkan dengan pengelola, lewat telepon atau bertemu. Berbeda? Jangan pakai bot ini dulu.
desk-taken = Dibuat: { $moment }, menurut berkasnya sendiri
desk-thread-asked = { DATETIME($day, dateStyle: "long") }, petugas: { $text }
desk-thread-told = { DATETIME($day, dateStyle: "long") }, pelapor: { $text }
desk-remark = { DATETIME($day, dateStyle: "long") }, { $by }: { $text }
desk-codes = Kode hukum: { $codes }
desk-write-question =
    Tulis pertanyaan untuk pelapor { $reference } di sini.
    Jangan tanyakan siapa dia, nomornya, atau ajakan bertemu.
    Tidak jadi? Ketik /batal.
desk-write-note =
    Tulis catatan untuk { $reference } di sini. Hanya petugas yang membacanya.
    Tidak jadi? Ketik /batal.
desk-question-waits =
    Pertanyaan untuk { $reference } menunggu petugas lain.
    Ia membacanya dulu, lalu menekan Setuju di kartu.
desk-question-sent = Pertanyaan untuk { $reference } dikirim. Jawabannya muncul di kartu.
desk-question-shown =
    { $by } ingin bertanya kepada pelapor { $reference }:
    “{ $text }”
    Bisakah ini membuka siapa pelapornya? Kalau tidak, tekan Setuju.
desk-noted = Catatan untuk { $reference } tersimpan. Hanya petugas yang melihatnya.
desk-words-only = Di sini hanya tulisan yang bisa diterima. Tulis dengan kata-kata, atau ketik /batal.
desk-too-late = Laporan itu sudah berubah. Lihat kartunya di grup, lalu coba lagi.
desk-refused-identity =
    Pertanyaan ini bisa membuka siapa pelapornya. Jadi tidak kami kirim.
    Tanyakan kejadiannya saja, lalu tulis lagi.
desk-refused-contact =
    Pertanyaan ini menyebut cara menghubungi. Jadi tidak kami kirim.
    Pelapor menjawab lewat bot ini saja. Tulis lagi tanpa itu.
desk-refused-meeting =
    Pertanyaan ini mengajak bertemu. Itu berbahaya bagi pelapor.
    Tanyakan kejadiannya saja, lalu tulis lagi.
desk-refused-link =
    Tautan dan nama akun tidak kami kirim kepada pelapor.
    Tulis lagi tanpa itu.
desk-refused-number =
    Angka tidak kami kirim, karena bisa berupa nomor atau kode.
    Tulis lagi dengan kata-kata.
desk-refused-long =
    Tulisan itu terlalu panjang.
    Tulis lagi dengan lebih singkat.

desk-bot-short = Bot petugas. Untuk melapor, pakai bot lain.
desk-bot-about = Bot ini hanya untuk petugas yang terdaftar. Laporan dari masyarakat tidak diterima di sini.
