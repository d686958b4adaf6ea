### Before, beside and after the questions. A lock screen shows the first words of a bubble: they stay neutral.

notice =
    Halo. Di sini Anda bisa bercerita tanpa menulis nama.
    { $channel } tetap tahu akun Anda memakai layanan ini. Sedang memakai wifi kantor? Matikan dulu.
    English? Type ENGLISH.
notice-kept =
    Pesan Anda sudah masuk, belum dikirim ke petugas. Anda tidak perlu menulis nama.
    { $channel } tetap tahu akun Anda memakai layanan ini. Sedang memakai wifi kantor? Matikan dulu.
    English? Type ENGLISH.
notice-go = Lanjut
notice-read = Baca dulu

notice-whole =
    Yang kami lakukan
    • Nama dan nomor Anda tidak ikut dalam kiriman.
    • Sesudah dikirim, akun Anda disimpan hanya kalau Anda minta, terpisah dan terkunci.
    • Kabar dikirim paling lama { $push } hari. Sesudah itu, cek dengan kode.
    • Kiriman Anda dikunci untuk { $office }.
    • Foto dibersihkan dari catatan tersembunyi, misalnya tempat dan jenis HP.
    • Yang belum dikirim kami ingatkan sekali, lalu hilang dalam { $unsent } hari.
    • Yang sudah selesai dihapus { $keep } hari kemudian.

    Yang tidak bisa kami sembunyikan
    • { $channel } tahu akun Anda memakai layanan ini.
    • { $platform }
    • Selama Anda menulis, layanan ini melihat akun dan tulisan Anda.
    • Kalau hanya sedikit orang yang tahu, Anda bisa ditebak.

    Yang bisa Anda lakukan
    • Pakai HP dan internet sendiri, bukan wifi kantor.
    • Tulis seperlunya. Jangan menulis tentang diri Anda.
    • Simpan kode di kertas, lalu hapus obrolan ini.
platform-telegram = Obrolan dengan bot tidak dikunci dari ujung ke ujung. Telegram menyimpan akun dan isi pesan Anda.
platform-whatsapp = Server WhatsApp membuka pesan Anda sebelum sampai ke kami. Pesan bisa tersimpan di sana sampai 30 hari.

about =
    Tentang layanan ini

    Anda bisa memberi tahu tanpa menulis nama. Misalnya, pegawai pemerintah (ASN) mengajak orang memilih calon.
    Yang membaca: { $office }.
    Setelah mengirim, Anda mendapat kode untuk cek kabar.
    Kiriman Anda menjadi informasi awal, bukan laporan resmi.
    Layanan ini memakai { $channel }, tetapi bukan milik { $channel }.
    Ketik ATURAN untuk tahu apa yang boleh dan tidak boleh.

help =
    Anda boleh mengetik kata ini kapan saja:

    MULAI: mulai, atau lanjutkan yang tadi
    KEMBALI: ulangi pertanyaan sebelumnya
    BATAL: berhenti
    HAPUS: langsung hapus semuanya
    CEK: lihat kabar dengan kode
    ATURAN: apa yang boleh dan tidak boleh
    TENTANG: siapa yang membaca
    BAHASA: ganti bahasa
lobby-report = Mulai

menu-report = Mulai atau lanjutkan laporan
    .command = lapor
menu-check = Lihat kabar dengan kode
    .command = cek
menu-stop = Berhenti
    .command = batal
menu-help = Kata yang bisa Anda ketik
    .command = bantuan
menu-language = Ganti bahasa
    .command = bahasa
menu-wipe = Hapus semuanya
    .command = hapus

ask-language = Pilih bahasa / Choose a language
language-id = Bahasa Indonesia
language-en = English

ask-stop = Mau berhenti? Yang belum dikirim akan dihapus.
stop-yes = Ya, hapus
stop-no = Tidak, lanjutkan

ask-resume = Ada tulisan yang belum selesai.
resume-go = Lanjutkan
resume-wipe = Hapus
remind =
    Ada tulisan yang belum selesai.
    Kalau tidak dilanjutkan, semuanya kami hapus pada { DATETIME($day, dateStyle: "long") }.

edit-noted =
    Perubahan itu sudah kami catat.
    Silakan lanjut dari pertanyaan tadi.
edit-gone =
    Pesan itu sudah kami buang dari catatan.
    Silakan lanjut dari pertanyaan tadi.
edit-late =
    Pesan lama itu tidak bisa kami ubah lagi.
    Tulis saja yang benar di pesan baru.
edit-sent =
    Yang tadi sudah terkirim, jadi perubahan di pesan lama tidak ikut.
    Mau menambah keterangan? Kirim kode Anda, lalu tulis di sini.

chat-wipe = Hapus obrolan
wiped =
    Catatan kami tentang obrolan ini sudah dihapus.
    Yang sudah terkirim tetap bisa dibaca petugas.
    Hapus juga obrolan ini dari HP Anda.
wiped-followed =
    Catatan kami tentang obrolan ini sudah dihapus. Kabar tetap kami kirim ke sini, seperti pilihan Anda.
    Tidak mau lagi? Kirim kode Anda, lalu tekan Lupakan akun saya.
    Hapus juga obrolan ini dari HP Anda.
wiped-unfollowed =
    Catatan kami tentang obrolan ini sudah dihapus, dan akun Anda kami lupakan.
    Kabar tidak akan kami kirim lagi. Yang sudah terkirim tetap bisa dibaca petugas.
    Hapus juga obrolan ini dari HP Anda.
bye =
    Simpan kertas itu di tempat yang aman.
    Sekarang sebaiknya hapus obrolan ini, supaya tidak dibaca orang lain.
bye-by-hand =
    Simpan kertas itu di tempat yang aman. Sekarang sebaiknya hapus obrolan ini dari HP Anda.
    Kami tidak bisa menghapusnya dari sini. Tekan lama obrolan ini di daftar, lalu pilih hapus.
    Tombol di bawah menghapus catatan kami.

our-fault =
    Maaf, ini kesalahan kami, bukan Anda. Yang Anda tulis sebelumnya tidak hilang.
    Coba kirim pesan tadi sekali lagi.

# Apa yang bot katakan tentang dirinya, sebelum seseorang menekan Mulai.
bot-short = Lapor tanpa nama: pejabat atau pegawai yang tidak netral dalam pemilihan.
bot-about =
    Ada pejabat atau pegawai yang tidak netral dalam pemilihan? Laporkan di sini tanpa nama.
    Telegram tahu akun Anda memakai bot ini. Petugas tidak melihatnya.
    Tekan Mulai untuk membaca selengkapnya.
