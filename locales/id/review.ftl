### The last look before sending, and the code that follows. The code stands low: a lock screen shows the first words.

ask-send =
    Periksa sebelum dikirim. Dibaca oleh: { $office }.

    Cerita: { $story }
    Kejadian: { $what }
    Jabatan: { $post }
    Siapa: { $who }
    Di mana: { $where }
    Kapan: { $when }
    Bukti: { $evidence }

    Ini informasi awal, bukan laporan resmi. Laporan resmi perlu identitas, langsung di Bawaslu. Batasnya tujuh hari sejak Anda tahu.
    Kirim hanya yang Anda lihat atau dengar. Laporan palsu yang disengaja bisa dihukum.
    “Kirim” tidak menyimpan akun Anda. “Kirim, kabari saya” menyimpannya, terkunci, untuk memberi kabar.
send-send = Kirim
send-push = Kirim, kabari saya
send-change = Ubah
send-whole = Lihat cerita
whole-story =
    Ini tulisan Anda selengkapnya: { $story }
ask-change = Bagian mana yang mau Anda ubah?
send-keep = Tidak jadi
field-story = Cerita
field-what = Kejadian
field-post = Jabatan
field-who = Siapa
field-where = Di mana
field-when = Kapan
field-known = Kapan Anda tahu
field-evidence = Bukti
field-conflict = Hubungan kantor

heard =
    Ini yang kami catat. Tinggal { $left } pertanyaan.

    { $lines }

    Kurang tepat? Nanti bisa diubah sebelum dikirim.

    { $question }
heard-line = { $field }: { $value }
sum-long = tulisan panjang, { $length } huruf
sum-files = { $count } kiriman
sum-live = { $when }, sedang berlangsung
sum-place = { $name } ({ $words })

ticket =
    Sudah terkirim. Ambil kertas, tulis kode di bawah ini, jangan difoto. Kode ini hanya muncul sekali.

    Kode Anda:
    { $ticket }

    Yang membaca: { $office }. Untuk cek kabar, kirim kode ini kapan saja, dari HP mana pun.
ticket-written = Sudah saya tulis
ticket-withdraw = Tarik laporan
withdrawn =
    Sudah ditarik dan dihapus. Petugas belum membacanya.
    Kode tadi tidak berlaku lagi.
too-late-to-withdraw =
    Maaf, sudah tidak bisa ditarik, karena petugas sudah diberi tahu.
    Dengan kode Anda, Anda masih bisa mencabutnya atau menambah keterangan.
already-sent =
    Yang tadi sudah terkirim. Untuk cek kabar atau menambah keterangan, kirim kode Anda.
    Ada kejadian lain? Tekan Mulai.
