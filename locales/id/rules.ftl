### What civil servants may and may not do. Laws and sanctions come from the table of violations, words from here.

rules =
    Aturan mainnya, dengan singkat

    Pegawai pemerintah (ASN) wajib netral dalam pemilihan.
    Mereka boleh memilih di TPS dan mencari tahu program calon.
    Mereka tidak boleh membantu atau merugikan calon.

    Akibatnya dari sanksi moral sampai diberhentikan. Sebagian bisa dipidana.
    Kepala desa, TNI, dan Polri punya aturan sendiri. Ceritakan juga kalau Anda melihatnya.
    Pilih di bawah untuk contohnya. Membaca ini tidak mengirim apa pun.
    Dasar: SKB 22 September 2022. Dicek { DATETIME($checked, dateStyle: "long") }.
rules-open = Lihat aturan
rules-more = Aturan lain

rule-card =
    Boleh dan tidak boleh, dengan contoh

    { $title }
    { $card }

    Yang bisa menyusul:
    { $after }

    Dasar: SKB 22 September 2022; { $laws }.
    Dicek { DATETIME($checked, dateStyle: "long") }. Tidak yakin? Ceritakan saja, petugas yang menilai.
rule-medsos =
    Boleh, misalnya: membaca berita tentang semua calon.
    Tidak boleh: memberi like, komentar, atau share untuk calon, atau ikut grup pemenangannya.
    Contohnya: guru membagikan video calon di status WA.
rule-kampanye =
    Boleh, misalnya: mencari tahu visi dan program calon dari rumah.
    Tidak boleh: ikut kampanye atau deklarasi untuk mendukung calon.
    Contohnya: staf kelurahan ikut konvoi calon di hari libur.
rule-ajakan =
    Boleh, misalnya: mengajak warga datang ke TPS tanpa menyebut calon.
    Tidak boleh: mengajak, menyuruh, atau mengarahkan orang memilih calon.
    Contohnya: kepala sekolah menyuruh guru memilih calon saat rapat.
rule-fasilitas =
    Boleh, misalnya: memakai mobil dinas untuk tugas kantor.
    Tidak boleh: memakai mobil dinas, gedung, anggaran, atau bansos untuk calon.
    Contohnya: mobil dinas mengangkut kursi ke acara calon.
rule-uang =
    Boleh, misalnya: membantu tetangga tanpa membawa nama calon.
    Tidak boleh: memberi uang atau barang supaya orang memilih calon. Contohnya: lurah membagi beras bergambar calon.
    Dalam pilkada, pemberi dan penerima bisa dipidana. Tidak perlu menulis apa pun tentang diri Anda.
rule-apk =
    Boleh, misalnya: memberi tahu pengawas kalau ada spanduk di kantor.
    Tidak boleh: memasang atau menyimpan spanduk, baliho, atau bendera calon dan partai.
    Contohnya: pegawai dinas memasang baliho calon di pagar rumahnya.
rule-simbol =
    Boleh, misalnya: berfoto dengan keluarga tanpa tanda dukungan.
    Tidak boleh: berfoto dengan calon, atau bergaya, untuk menunjukkan dukungan.
    Contohnya: bidan mengunggah foto bersama calon dengan simbol jari.
rule-partai =
    Boleh, misalnya: memilih calon mana pun di TPS.
    Tidak boleh: jadi anggota partai, masuk tim sukses, atau mengumpulkan KTP dukungan.
    Contohnya: perawat puskesmas tercatat di tim pemenangan calon.
rule-jabatan =
    Boleh, misalnya: memindahkan pegawai sesuai aturan dan kebutuhan kantor.
    Tidak boleh: memindahkan, mengancam, atau menekan pegawai demi calon.
    Contohnya: guru diancam dipindah karena tidak mendukung calon.

law = { $law } Pasal { $articles }
sanction-moral = sanksi moral, misalnya pernyataan terbuka
sanction-medium = hukuman disiplin sedang, misalnya potongan tunjangan
sanction-severe = hukuman disiplin berat, misalnya turun jabatan atau diberhentikan
sanction-dismissal = diberhentikan tidak dengan hormat
sanction-crime = pidana, kalau hakim memutuskan
