### The privacy notice, whole, as `saksi notice` prints it for a web page. Every number comes from the settings.

privacy-title = Pemberitahuan privasi
privacy-offices-head = Siapa yang membaca
privacy-offices = Kiriman dibaca oleh: { $offices }. Setiap kantor punya kunci sendiri.
privacy-around = Kantor yang dilewati tidak bisa membuka kiriman itu.
privacy-kept-head = Yang kami simpan, dan berapa lama
privacy-unsent = Tulisan yang belum dikirim: terkunci, paling lama { $unsent } hari.
privacy-remind =
    Yang belum dikirim kami ingatkan sekali saja, antara pukul { $dawn } dan { $night }.
    Isinya tidak disebut.
    Untuk itu akun Anda ikut terkunci, paling lama { $unsent } hari.
privacy-edits =
    Sebelum dikirim, pesan yang Anda ubah di obrolan ikut berubah di sini.
    Yang hanya Anda hapus di obrolan bisa tetap ada di sini.
    Sesudah dikirim, obrolan tidak mengubah apa pun lagi.
privacy-tip =
    Kiriman dan buktinya: terkunci, sampai { $keep } hari sesudah selesai.
    Harinya dicatat, jamnya tidak.
privacy-address =
    Sesudah dikirim, akun Anda: hanya kalau Anda minta dikabari, terkunci dan terpisah.
    Paling lama { $push } hari, atau sampai selesai.
privacy-seen = Tanda bahwa sebuah pesan sudah sampai: tanpa nama, paling lama { $seen } hari.
privacy-trace =
    Nomor urut pesan di obrolan, supaya bisa dihapus.
    Terkunci, paling lama { $trace } hari.
privacy-backup = Cadangan: terkunci, tanpa akun, tanpa tulisan yang belum dikirim.
privacy-never-head = Yang tidak kami simpan
privacy-never =
    Nama Anda, nomor HP Anda, dan foto profil Anda.
    Kalau nomor itu satu-satunya tanda akun Anda: selama akun Anda disimpan.
privacy-logs = Catatan server tidak memuat tulisan, akun, atau alamat internet Anda.
privacy-files =
    Foto, video, suara, dan PDF dibersihkan dari catatan tersembunyi.
    Yang terlihat dan terdengar tetap ada.
privacy-platforms-head = Yang tidak bisa kami sembunyikan
privacy-platform = { $channel } tahu akun Anda memakai layanan ini.
privacy-writing = Selama Anda menulis, layanan ini melihat akun dan tulisan Anda.
privacy-few = Kalau hanya sedikit orang yang tahu, Anda bisa ditebak.
privacy-rights-head = Hak Anda
privacy-wipe =
    Ketik HAPUS kapan saja. Catatan kami tentang obrolan itu hilang, akun Anda kami lupakan.
    Yang sudah terkirim tetap bisa dibaca petugas.
privacy-forget = Dengan kode, Anda bisa meminta akun Anda kami lupakan.
privacy-withdraw =
    Dengan kode, Anda bisa mencabut kiriman. Yang belum dibuka petugas kami hapus.
    Yang sudah mereka baca tetap ada pada mereka.
privacy-law = Dasar: Undang-Undang 27 Tahun 2022 tentang Pelindungan Data Pribadi.
