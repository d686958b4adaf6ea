### The questions of the report, in their order, and the answers they offer.

ask-story =
    Apa yang Anda lihat atau dengar? Misalnya, pegawai pemerintah (ASN) mengajak orang memilih calon.
    Tulis, kirim suara atau foto, atau pilih di bawah.
    Ketik KEMBALI untuk ulang, BATAL untuk berhenti.
ask-story-files =
    Kirimannya sudah sampai. Apa yang terjadi di situ?
    Tulis dengan kata Anda sendiri, atau pilih di bawah.
    Ketik KEMBALI untuk ulang, BATAL untuk berhenti.
not-a-story =
    Maaf, itu belum bisa kami catat. Tulis saja apa yang Anda lihat, atau pilih di bawah.
    Contoh: kemarin lurah membagi stiker calon di balai warga.

ask-what =
    Ini tentang apa? Pilih yang paling dekat.
    Belum jelas artinya? Ketik ARTI.
what-medsos = Dukungan di medsos
    .about = Posting, komentar, like, share, atau gabung grup/akun pemenangan
what-kampanye = Ikut kampanye/deklarasi
    .about = Hadir di kampanye, deklarasi, atau acara pengenalan calon/partai
what-ajakan = Mengajak/mengarahkan
    .about = Arahan memilih calon lewat rapat, apel, grup WA, surat, atau warga
what-fasilitas = Pakai fasilitas negara
    .about = Mobil dinas, gedung, anggaran, program, atau bansos untuk calon
what-uang = Bagi uang/barang
    .about = Uang, sembako, atau janji supaya memilih/tidak memilih calon
what-apk = Pasang spanduk/baliho
    .about = Memasang atau menyimpan alat peraga calon/partai
what-simbol = Foto/simbol dukungan
    .about = Foto bersama calon, simbol jari, atau atribut partai
what-partai = Pengurus/tim pemenangan
    .about = Jadi anggota partai, tim sukses, atau kumpulkan KTP dukungan
what-jabatan = Mutasi/tekanan jabatan
    .about = Mutasi, ancaman, atau keputusan yang untungkan/rugikan calon
what-lain = Lainnya / tidak yakin
    .about = Ceritakan saja, petugas yang menggolongkan

ask-post = Apa jabatan orang itu? Pilih yang paling dekat.
post-head = Pimpinan dinas/badan
    .about = Kepala dinas, kepala badan, sekretaris daerah
post-district = Camat atau lurah
    .about = Pimpinan kecamatan atau kelurahan
post-school = Guru, kepsek, nakes
    .about = Guru, kepala sekolah, dokter, perawat, bidan
post-official = Pejabat lain
    .about = Kepala bagian, kepala bidang, kepala seksi, dan lainnya
post-staff = Staf
    .about = Pegawai tanpa jabatan pimpinan
post-village = Kepala desa
    .about = Bukan pegawai pemerintah (ASN), tetapi tetap kami terima
post-forces = TNI/Polri
    .about = Bukan pegawai pemerintah (ASN), tetapi tetap kami terima
post-unknown = Tidak tahu

ask-who =
    Siapa orangnya? Tulis nama, jabatan, atau kantornya.
    Lebih dari satu orang juga boleh. Jangan menulis nama Anda sendiri.

ask-where =
    Di mana kejadiannya?
    Tulis nama tempat, kelurahan, atau kecamatan. Contoh: Lapangan Kelurahan Menteng.
which-where =
    Tempat yang mana maksud Anda?
    Pilih di bawah, atau tulis lagi dengan kecamatannya.
no-such-where =
    Tempat itu belum ada di daftar kami.
    Tulis lagi dengan kecamatannya, atau pakai tulisan Anda.
where-online = Di medsos/grup WA
where-mine = Pakai tulisan saya
no-pins =
    Titik peta belum bisa kami terima di sini.
    Tulis saja nama tempat, kelurahan, atau kecamatannya.

ask-when =
    Kapan kejadiannya? Pilih di bawah, atau tulis.
    Contoh: Jumat malam, atau 12 November jam 9 pagi. Tidak ingat? Tulis LUPA.
when-now = Sedang berlangsung
when-today = Hari ini
when-yesterday = Kemarin
when-unknown = Tidak ingat
which-moment =
    Kapan maksud Anda? Pilih yang benar, atau tulis tanggalnya.
    Tidak ingat? Tulis LUPA.
not-a-moment =
    Maaf, kami belum paham tanggalnya. Contoh: kemarin sore, atau 12 November.
    Tidak ingat? Tulis LUPA.

ask-known =
    Kapan Anda pertama kali tahu kejadian ini?
    Kejadiannya sudah lebih dari tujuh hari, jadi tanggal ini penting.
known-today = Hari ini
known-yesterday = Kemarin
known-unknown = Tidak ingat

ask-evidence =
    Ada foto, video, atau tangkapan layar? Kirim di sini kalau aman. Tidak ada juga boleh.
    Coret dulu nama, foto, dan pesan Anda sendiri di gambar itu. Sisakan nama akun dan tanggal.
    Ketik KEMBALI untuk ulang, BATAL untuk berhenti.
evidence-none = Tidak ada
evidence-kept =
    { $kept } kiriman tersimpan. Masih ada? Kirim lagi.
    Kalau sudah semua, tekan tombol di bawah.
evidence-coming =
    { $kept } dari { $all } kiriman tersimpan, sisanya masih kami proses.
    Anda tidak perlu menunggu. Kalau sudah semua, tekan tombol di bawah.
evidence-enough = Sudah semua
files-noted =
    { $kept } dari { $all } kiriman tersimpan.
    Silakan lanjut menjawab pertanyaan tadi.

ask-voice =
    Orang bisa mengenali suara, dan petugas yang membaca ini akan mendengarnya.
    Mau dikirim? Boleh juga ditulis saja.
voice-yes = Kirim suara
voice-no = Hapus suara

ask-taken =
    Ada kiriman yang memuat jam pembuatannya, { $moment }.
    Sertakan jamnya? Tempat dan jenis HP tetap kami hapus.
taken-yes = Ya, sertakan
taken-no = Tidak

ask-conflict =
    Satu hal lagi, supaya aman. Ini dibaca oleh { $office }.
    Apakah orang itu, atau atasannya, bekerja di sana?
    Kalau ya, kami kirim ke kantor lain. Tidak tahu juga boleh.
conflict-no = Tidak
conflict-yes = Ya
conflict-unknown = Tidak tahu

ask-disclosure =
    Bagian ini bisa menunjukkan siapa Anda: { $parts }
    Mau dihapus sebelum dikirim? Sisanya tetap.
disclosure-yes = Hapus bagian ini
disclosure-keep = Biarkan
disclosure-again = Tulis ulang

skip = Lewati
not-words =
    Maaf, jawaban ini kami tunggu dalam bentuk tulisan.
    Tulis singkat saja, atau pilih di bawah.
not-a-choice =
    Maaf, kami belum paham jawaban itu.
    Pilih salah satu di bawah. Tidak yakin? Pilih yang paling dekat.
not-a-file =
    Maaf, di sini kami menunggu foto, video, suara, atau PDF.
    Tulisan juga boleh. Kalau tidak ada, tekan tombol di bawah.
too-long =
    Tulisan itu terlalu panjang untuk satu pesan, paling banyak { $most } huruf.
    Kirim intinya dulu. Sisanya boleh menyusul.
too-much =
    Ceritanya sudah panjang sekali, kami hanya bisa menyimpan { $most } huruf.
    Yang terakhir tidak tersimpan. Silakan lanjut, sisanya bisa menyusul dengan kode.

choice-noted =
    Sudah kami tambahkan ke cerita Anda.
    Sekarang pilih yang paling dekat di bawah.
long-noted =
    Sudah kami tambahkan ke cerita Anda.
    Pertanyaan tadi cukup dijawab singkat, atau pilih di bawah.
evidence-noted =
    Sudah kami tambahkan ke cerita Anda. Masih ada foto atau video? Kirim saja.
    Kalau tidak ada lagi, tekan tombol di bawah.
too-little =
    Isinya masih kosong.
    Tulis satu kalimat dulu, atau kirim satu foto. Sesudah itu tekan Kirim.
