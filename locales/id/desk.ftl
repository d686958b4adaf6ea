### What officers read: the card, its buttons, the opened report, and what the desk's bot says to them.

card =
    { $reference }{ $live }{ $answered }
    { $what } · { $place } · { DATETIME($day, dateStyle: "long") }
    Bukti: { $items } · Status: { $status } · Dipegang: { $holder }
card-live = { " " }· SEDANG BERLANGSUNG
card-answered = { " " }· ADA JAWABAN

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

    Tambahan dari pelapor:
    { $letters }

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
