### What officers read: the card, its buttons, the opened report, and what the desk's bot says to them.

card =
    { $reference }{ $live }{ $news }
    { $what } · { $place } · { DATETIME($day, dateStyle: "long") }
    Bukti: { $items } · Status: { $status } · Dipegang: { $holder }
    { $clock }
card-clock = Diketahui: { $known }. Masuk: { $came }.
card-clock-open = Diketahui: { $known }. Batas laporan resmi: { $limit } hari. Masuk: { $came }.
card-clock-near = Diketahui: { $known }. SEGERA! Batas laporan resmi: { $limit } hari. Masuk: { $came }.
card-clock-past = Diketahui: { $known }. LEWAT batas laporan resmi, { $limit } hari. Masuk: { $came }.
card-unclean =
    1 laporan baru
    Grup ini perlu diperiksa dulu. Hubungi penyelia.
card-gone =
    { $reference }
    Diteruskan ke { $office }, { DATETIME($day, dateStyle: "long") }.
card-live = { " " }· SEDANG BERLANGSUNG
card-answered = { " " }· ADA JAWABAN
card-awaiting = { " " }· MENUNGGU JAWABAN
card-pending = { " " }· PERTANYAAN MENUNGGU SETUJU
card-withdrawn = { " " }· DICABUT PELAPOR

desk-topic = Laporan
desk-take = Ambil
desk-release = Lepas
desk-open = Buka
desk-status = Status
desk-close = Selesai …
desk-back = Kembali
desk-tracing = Ditelusuri
desk-referred = Diteruskan
desk-forward = Ke kantor lain …
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
desk-send = Ya, teruskan ke { $office }
desk-note = Catatan
desk-tag = Kode hukum
desk-twin = Duplikat dari
desk-exclude = Kecualikan petugas
desk-transcribe = Tulis & hapus suara
desk-rewrite = Tulis ulang
desk-keep = Simpan, hapus suara
desk-export = Ekspor
desk-export-make = Ya, ekspor
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
desk-status-withdrawn = dicabut pelapor

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
toast-voice-gone = Suara itu sudah ditulis dan dihapus. Tekan Buka untuk membaca isinya.
toast-no-voice = Laporan ini tidak punya suara. Tekan Buka untuk melihat isinya.
toast-voice-other = Tulisannya sudah berubah. Lihat yang terbaru di bawah, atau tulis ulang.
toast-voice-kept = Tersimpan. Suaranya dihapus.
toast-onward = { $office } dipilih. Tekan Ya, teruskan. Sesudah itu kantor ini tidak bisa membukanya lagi.
toast-forwarded = Diteruskan ke { $office }.
toast-gone-on = Laporan ini sudah diteruskan ke { $office }. Hubungi kantor itu.
toast-supervisor = Ini tugas penyelia. Minta penyelia menekan tombol ini.
toast-not-late = { $reference } tidak terlambat lagi. Lihat kartunya.
toast-none-late = Tidak ada yang terlambat.
toast-reassigned = { $reference } dialihkan ke { $holder }.
toast-reassigned-untold = { $reference } dialihkan ke { $holder }. Kabari sendiri: obrolannya dengan bot belum dibuka.
toast-reminded-before = Sudah diingatkan kurang dari satu jam lalu. Coba lagi nanti.
toast-list-changed = Daftarnya sudah berubah. Lihat yang baru, lalu tekan lagi.
toast-linked = { $count } laporan dihubungkan. Semuanya tetap terbuka.
toast-spam = { $count } laporan ditutup sebagai spam.
toast-export = Isinya disegel untuk lembaga penerima; hanya mereka yang bisa membukanya. Lanjut? Tekan Ya, ekspor.
toast-export-voice = Ada suara yang bisa dikenali. Lebih aman: Tulis & hapus suara dulu. Tetap lanjut? Tekan Ya, ekspor.
toast-export-hold = Ekspor hanya oleh pemegang atau penyelia. Tekan Ambil dulu.
toast-export-unset = Ekspor belum disiapkan. Minta pengelola mendaftarkan kunci lembaga penerima.
toast-export-averted = Laporan ini tidak boleh sampai ke lembaga penerima itu. Hubungi penyelia.
toast-exporting = Berkasnya disusun. Lihat obrolan pribadi Anda.
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
desk-handed = Laporan ini diteruskan ke kantor Anda.
desk-remark = { DATETIME($day, dateStyle: "long") }, { $by }: { $text }
desk-codes = Kode hukum: { $codes }
desk-write-question =
    Tulis pertanyaan untuk pelapor { $reference } di sini.
    Jangan tanyakan siapa dia, nomornya, atau ajakan bertemu.
    Tidak jadi? Ketik /batal.
desk-write-note =
    Tulis catatan untuk { $reference } di sini. Hanya petugas yang membacanya.
    Tidak jadi? Ketik /batal.
desk-write-transcript =
    Tulis isi suara { $number } dari { $reference } di sini. Boleh beberapa pesan.
    Nanti ditunjukkan dulu, lalu suaranya dihapus.
    Tidak jadi? Ketik /batal.
desk-transcript-proof =
    { $reference } · isi suara { $number } · pesan ini hilang dalam { $expires } menit

    { $text }

    Sudah sesuai? Setelah disimpan, suaranya dihapus untuk selamanya.
    Ada yang kurang? Tulis saja tambahannya.
desk-transcript-kept = Isi suara untuk { $reference } tersimpan. Suaranya dihapus. Suara yang masih ada: { $count }.
desk-transcript = Isi suara { $number }, ditulis { $by }, { DATETIME($day, dateStyle: "long") }: { $text }
desk-voice = Suara { $number }
desk-voice-gone =
    Suara itu sudah ditulis dan dihapus petugas lain.
    Tekan Buka untuk membacanya.
desk-export-begun = Berkas { $reference } sedang disusun …
desk-export-reading = Berkas { $reference }: membaca bukti, { $at } dari { $count } …
desk-export-paper = Berkas { $reference }: menyusun PDF …
desk-export-sealing = Berkas { $reference }: menyegel dan mengirim …
desk-exported =
    Berkas { $reference } selesai, tersegel: { $count } arsip.
    Serahkan ke lembaga penerima; hanya mereka yang bisa membukanya.
    Arsip hilang dari obrolan ini sesudah sehari.
desk-export-too-big =
    Bukti { $name } terlalu besar untuk Telegram, jadi berkasnya tidak dikirim.
    Hubungi pengelola.
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
desk-ago = { $count ->
    [0] hari ini
    [1] kemarin
   *[other] { $count } hari lalu
}
desk-line = { $reference } · { $status } · { $what } · { $place } · masuk { $came }
desk-line-held = { $reference } · { $status } · { $what } · { $place } · masuk { $came } · { $holder }
desk-more-lines = dan { $count } lagi
desk-late =
    Belum dibaca, sudah lewat waktunya: { $count }

    { $lines }

    Tekan Buka di bawah kartunya. Peringatan berhenti kalau sudah dibaca.
desk-no-supervisor = Tidak ada penyelia yang bisa dihubungi bot ini. Minta penyelia menekan Start.
desk-morning =
    Selamat pagi. Belum dibaca: { $unread }. Terlambat: { $late }. Ada jawaban: { $answered }.
    Masih terbuka: { $open }. Selesai: { $closed }.
desk-anchor =
    Catatan kerja sampai { DATETIME($day, dateStyle: "long") }: { $length } peristiwa, tanda { $head }.
    Tanda ini membuktikan catatan tidak dipotong kemudian.
desk-list-take = Ambil 10 mendesak
desk-list-next = Buka berikutnya
desk-list-remind = Ingatkan semua
desk-list-reassign = Alihkan
desk-list-late = Kembali
desk-list-alike = Mirip ({ $count })
desk-list-spam = Spam
desk-list-link = Hubungkan semua
desk-list-ask = Tutup sebagai spam
desk-list-close = Ya, tutup
desk-list-before = Sebelumnya
desk-list-after = Selanjutnya
desk-reassign = Laporan mana yang dialihkan ke petugas lain?
desk-reassign-to =
    Dialihkan kepada siapa?

    { $line }
desk-given = { $by } mengalihkan { $reference } kepada Anda. Belum dibaca. Tekan Buka di kartunya.
desk-given-away = { $reference } sekarang dipegang { $holder }, dialihkan oleh { $by }.
desk-alike =
    Mungkin kejadian yang sama. Setelah dihubungkan, semuanya tetap terbuka.

    { $lines }
desk-alike-line = { $references } · { $what } · { $place }
desk-nothing-alike = Tidak ada yang mirip lagi.
desk-spam-list = Tandai yang spam. Sesudah itu masih ditanya sekali lagi.
desk-spam-sure =
    Tutup { $count } laporan sebagai spam?

    { $lines }
desk-command-antrean = Laporan yang menunggu
desk-command-terlambat = Yang belum dibaca dan terlambat
desk-command-saya = Yang Anda pegang
desk-command-cari = Cari menurut nama kartu, tempat, atau status
desk-command-statistik = Jumlah laporan
desk-command-poster = Berapa kali poster dipindai
desk-command-bantuan = Cara memakai bot ini
desk-queue =
    Antrean. Belum dibaca: { $unread }. Masih terbuka: { $open }.

    { $lines }

    Halaman { $page } dari { $pages }
desk-queue-empty = Tidak ada laporan yang menunggu.
desk-nothing-late = Tidak ada yang terlambat.
desk-mine =
    Anda memegang { $count } laporan.

    { $lines }
desk-nothing-mine = Anda tidak memegang laporan yang masih terbuka.
desk-seek =
    Tulis yang dicari sesudah perintahnya.
    Contoh: /cari rotan-fajar, atau /cari pahandut baru.
desk-found =
    Ditemukan: { $count }

    { $lines }
desk-nothing-found =
    Tidak ada yang cocok.
    Cari dengan nama kartu, tempat, status, atau pemegangnya.
desk-count = { $name }: { $count }
desk-numbers =
    Semua laporan: { $count }

    Menurut status:
    { $statuses }

    Menurut jenis:
    { $kinds }

    Menurut tempat:
    { $places }
desk-poster = { $name }, { $month }: sekitar { $count }
desk-posters =
    Obrolan yang dimulai dari poster:
    { $lines }

    Dibulatkan ke bawah per lima. Kurang dari 5 tidak ditampilkan.
    Angka masuk beberapa hari kemudian, agar tidak dapat dikaitkan dengan laporan.
desk-posters-none =
    Belum ada poster yang dipindai 5 kali dalam sebulan.
    Angka masuk beberapa hari kemudian.
desk-chart-inflow =
    Laporan masuk: { $count }
    Per minggu: { $weeks }
    Menurut jenis: { $kinds }
    Menurut tempat: { $places }
    Yang kurang dari 5 tidak ditampilkan.
desk-chart-work =
    Menurut status: { $statuses }
    Hari sampai dibaca, nilai tengah: { $read }
    Hari sampai selesai, nilai tengah: { $closed }
    Masih terbuka lebih dari 7 hari: { $old }
    Yang kurang dari 5 tidak ditampilkan.
chart-weeks = Laporan per minggu
chart-kinds = Menurut jenis
chart-places = Menurut tempat
chart-statuses = Menurut status
chart-read = Hari sampai dibaca
chart-closed = Hari sampai selesai
chart-old = Terbuka lebih dari 7 hari, persen
desk-commands =
    Tekan tombol di bawah kartu: Ambil, Buka, Tanya pelapor, atau Status.
    Banyak laporan? Ketik /antrean.
    Yang terlambat: /terlambat. Pegangan Anda: /saya. Mencari: /cari. Jumlah: /statistik. Poster: /poster.
desk-anonymous =
    Anda menulis sebagai grup, jadi bot tidak mengenal Anda.
    Matikan pilihan itu di hak admin, lalu coba lagi.
desk-digest =
    Laporan baru: { $count }

    { $lines }

    Tekan tombol di bawah untuk mulai.
desk-unclean =
    Ada yang keliru di grup petugas: anggota yang tidak terdaftar, atau isi bisa disalin.
    Kartu baru tidak menampilkan apa-apa sampai itu beres.
desk-unclean-group =
    Grup ini perlu diperiksa dulu, jadi daftarnya tidak ditampilkan.
    Hubungi penyelia.
toast-took = Anda sekarang memegang { $count } laporan lagi.
toast-none-left = Tidak ada lagi yang menunggu.
toast-reminded = Grup dan penyelia diingatkan.

desk-bot-short = Bot petugas. Untuk melapor, pakai bot lain.
desk-bot-about = Bot ini hanya untuk petugas yang terdaftar. Laporan dari masyarakat tidak diterima di sini.

## Untuk pengelola, lewat chat pribadi.

desk-alert =
    Untuk pengelola. { $process }: { $what }.
    Lihat log di server, lalu jalankan saksi doctor.
desk-alert-welcome =
    Anda pengelola mesin ini. Bila ada yang tidak beres, bot ini memberi tahu di sini.
    Isi laporan tidak pernah ditulis di sini.
desk-alert-intake = Penerima laporan
desk-alert-desk = Meja petugas
desk-alert-about-delivery = ada yang tidak dapat dikirim (saksi owed list)
desk-alert-about-token = token bot ditolak Telegram, atau bot dipakai dua program
desk-alert-about-storage = tidak dapat menyimpan; periksa disk dan basis data
desk-alert-about-keys = kunci atau daftar petugas perlu diperiksa
desk-alert-about-files = berkas tidak dapat dibersihkan dengan aman
desk-alert-about-group = ada yang belum beres di grup atau templat petugas
desk-alert-about-late = ada kiriman yang tertunda lebih dari satu jam
desk-alert-about-program = ada kesalahan program
