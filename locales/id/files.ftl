### What cannot be taken, why, and what to send instead. Nobody is blamed.

file-document =
    Dokumen seperti itu tidak bisa kami buka dengan aman.
    Kirim foto atau tangkapan layarnya.
too-many-files =
    Sudah ada { $most } kiriman, itu batas kami. Yang terakhir tidak tersimpan.
    Silakan lanjut. Yang lain cukup Anda ceritakan.

odd-sticker =
    Stiker belum bisa kami baca.
    Tulis saja jawabannya, atau kirim foto.
odd-animation =
    Gambar bergerak belum bisa kami terima.
    Kirim foto, video, atau tangkapan layarnya.
odd-contact =
    Kontak tidak kami simpan, karena berisi nomor orang.
    Tulis saja nama dan jabatannya.
odd-live-location =
    Lokasi langsung tidak kami terima, supaya Anda aman. Sebaiknya matikan sekarang.
    Tulis saja nama tempat kejadiannya.
odd-poll =
    Polling belum bisa kami baca.
    Tulis saja jawabannya.
odd-reaction =
    Tanda suka belum bisa kami baca sebagai jawaban.
    Tulis saja, atau pilih di bawah.
odd-too-big =
    Kiriman itu terlalu besar untuk kami.
    Kirim potongan pendek atau tangkapan layarnya. Nanti juga boleh, utamakan keselamatan Anda.
odd-empty =
    Pesan itu kosong ketika sampai di sini.
    Coba tulis sekali lagi.
odd-edit =
    Perubahan di pesan lama tidak sampai ke kami.
    Tulis saja yang benar di pesan baru.
odd-unknown =
    Pesan seperti itu belum bisa kami baca.
    Tulis saja, atau kirim sebagai foto.

lost-empty =
    Satu kiriman kosong ketika sampai di sini.
    Coba kirim sekali lagi.
lost-too-big =
    Satu kiriman terlalu besar untuk kami.
    Kirim potongan pendek, atau tangkapan layarnya.
lost-too-many-pixels =
    Satu foto terlalu lebar untuk kami.
    Buka fotonya, lalu kirim tangkapan layarnya.
lost-too-slow =
    Satu kiriman terlalu lama kami buka, jadi tidak tersimpan.
    Kirim potongan pendek, atau tangkapan layarnya.
lost-not-a-picture =
    Satu kiriman ternyata bukan foto.
    Kirim foto atau tangkapan layar.
lost-kind =
    Satu kiriman jenisnya belum bisa kami terima.
    Kirim foto, video, suara, PDF, atau tangkapan layarnya.
lost-locked =
    Dokumen itu terkunci sandi, jadi tidak bisa kami buka.
    Kirim tangkapan layarnya saja.
lost-too-many-pages =
    Dokumen itu terlalu panjang.
    Kirim halaman yang penting saja, sebagai foto.
lost-too-long =
    Rekaman itu terlalu panjang.
    Kirim potongan pendek yang paling penting.
lost-broken =
    Satu kiriman rusak di jalan, jadi tidak tersimpan.
    Coba kirim sekali lagi, atau kirim tangkapan layarnya.
lost-no-sandbox =
    Kiriman itu belum bisa kami bersihkan dengan aman, jadi tidak kami simpan. Ini kesalahan kami.
    Ceritakan saja isinya. Simpan dulu di tempat aman.
lost-gone =
    Satu kiriman tidak bisa kami ambil lagi.
    Coba kirim sekali lagi.
