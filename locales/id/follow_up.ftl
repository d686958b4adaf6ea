### Coming back with a code: where things stand, what officers ask, what can be added.

ask-ticket =
    Silakan kirim kode Anda ke sini.
    Isinya 16 huruf dan angka. Huruf kecil dan spasi tidak apa-apa.
ticket-mistyped =
    Sepertinya ada huruf yang salah tulis di kode itu.
    Cocokkan dengan kertas Anda, lalu kirim lagi.
ticket-unknown =
    Kode itu tidak kami temukan. Mungkin ada yang salah tulis, atau sudah lama dihapus.
    Cocokkan dengan kertas Anda, lalu kirim lagi.
ticket-tired =
    Sudah beberapa kode yang tidak cocok. Demi keamanan, kami berhenti mencari sebentar.
    Coba lagi satu jam lagi.

timeline =
    Terima kasih, kodenya cocok. Keadaan sekarang: { $status }.

    { $lines }

    Anda boleh menambah keterangan. Kode ini bisa dipakai lagi kapan saja.
timeline-over =
    Terima kasih, kodenya cocok. Keadaan sekarang: { $status }.

    { $lines }

    Ada yang lain? Ketik MULAI.
timeline-line = { DATETIME($day, dateStyle: "long") }: { $what }
desk-asks = Petugas bertanya: “{ $text }” Anda boleh tidak menjawab.
status-received = Diterima
status-acknowledged = Dibaca petugas
status-tracing = Ditelusuri
status-referred = Diteruskan ke kantor yang berwenang
status-referred-to = Diteruskan ke { $office }
status-proven = Selesai (terbukti)
status-unproven = Selesai (tidak terbukti)
status-insufficient = Selesai (tidak cukup bukti)
status-out-of-scope = Selesai (di luar kewenangan petugas)
status-spam = Selesai (tidak bisa diproses)
status-withdrawn = Dicabut

follow-reply = Tambah keterangan
ask-reply =
    Silakan tulis jawaban atau tambahannya.
    Tulis seperlunya. Jawaban Anda bisa menunjukkan siapa Anda.
follow-keep = Tidak jadi
reply-kept =
    Terima kasih, sudah tersimpan. Petugas akan membacanya.
    Cek lagi nanti dengan kode Anda.
follow-file =
    Terima kasih, kiriman itu kami bersihkan lalu teruskan ke petugas.
    Masih ada? Kirim saja.
follow-no-voice =
    Suara bisa dikenali, jadi di sini tidak kami terima.
    Tulis saja intinya, atau kirim foto, video, atau PDF.
follow-detach = Lupakan akun saya
detached =
    Akun Anda sudah kami lupakan. Kami tidak akan mengirim kabar lagi.
    Untuk cek kabar, kirim kode Anda.
follow-withdraw = Cabut laporan
follow-yes = Ya, cabut
ask-withdraw =
    Mau mencabut yang sudah dikirim?
    Petugas belum membukanya, jadi isi dan berkasnya kami hapus. Ini tidak bisa dibatalkan.
ask-withdraw-read =
    Mau mencabut yang sudah dikirim?
    Petugas sudah membukanya. Yang sudah mereka baca tetap ada pada mereka, dengan tanda “dicabut pelapor”.
taken-back =
    Sudah dicabut. Isi dan berkasnya kami hapus.
    Petugas belum membukanya, dan hanya melihat tanda “dicabut pelapor”.
taken-back-read =
    Sudah dicabut, seperti yang Anda minta. Petugas melihat tandanya.
    Yang sudah mereka baca tetap ada pada mereka.
follow-leave = Selesai
left =
    Baik, kode itu kami tutup di sini. Anda bisa mengirimnya lagi kapan saja.
    Sekarang sebaiknya hapus obrolan ini.
push = Ada kabar untuk kode Anda. Kirim kode itu ke sini untuk membacanya.
