// The page's own words in both languages; what the bot says is the bot's business.

import { keepText, recallText } from "./memory.js";

const INDONESIAN = {
  demo: "Demo",
  pitch: "Warga melaporkan pegawai pemerintah (ASN) yang tidak netral dalam pemilu lewat obrolan, tanpa menulis nama. Petugas menindaklanjuti.",
  steps: "Cara mencoba",
  stepStart: "Tekan Mulai di salah satu ponsel",
  stepTell: "Ceritakan yang terlihat, lalu Kirim",
  stepOpen: "Jadi petugas: Ambil, lalu Buka",
  poster: "Poster QR",
  reporter: "Pelapor",
  newcomer: "Warga baru",
  newcomerHint: "Ganti kedua ponsel dengan milik orang baru yang belum pernah melapor",
  newcomerName: "Warga {n}",
  newcomerDone: "Kedua ponsel kini milik {name}.",
  behind: "Apa yang terjadi di balik layar?",
  behindShort: "Di balik layar",
  language: "Bahasa halaman ini",
  tabs: "Layar",
  desk: "Petugas",
  onTelegram: "Ponsel {name} · Telegram",
  onWhatsApp: "Ponsel {name} · WhatsApp",
  onDesk: "Layar petugas",
  bot: "bot",
  business: "Akun resmi tiruan",
  actingAs: "Bertindak sebagai",
  rooms: "Obrolan petugas",
  deskNote: "Grup hanya memuat ringkasan. Isi laporan dibuka di obrolan pribadi petugas.",
  privateRoom: "Obrolan pribadi {name}",
  members: "{n} petugas",
  protectedGroup: "tidak bisa diteruskan",
  nobody: "Belum ada petugas.",
  noGroup: "Belum ada grup petugas.",
  begin: "Mulai",
  beginHint: "Obrolan masih kosong. Tekan Mulai, seperti sesudah memindai poster.",
  scan: "Pindai poster",
  scanHint: "Memindai poster menyiapkan pesan pertama ini:",
  deskEmpty: "Laporan yang masuk tampil di sini.",
  deskPrivateEmpty: "Di sini petugas membaca laporan yang dibuka. Tekan Mulai agar bot boleh mengirim pesan.",
  greeting: "Halo",
  write: "Tulis pesan",
  messages: "Percakapan: {name}",
  send: "Kirim",
  attach: "Lampirkan foto, video, suara, atau PDF",
  more: "Lainnya",
  commands: "Perintah bot",
  tray: "Lampiran yang siap dikirim",
  asFile: "Kirim sebagai berkas asli",
  remove: "Buang {name}",
  cancel: "Batal",
  replying: "Membalas {name}",
  editing: "Mengubah pesan",
  reply: "Balas",
  edit: "Ubah",
  delete: "Hapus",
  actions: "Tindakan untuk pesan ini",
  edited: "diedit",
  deletedOriginal: "Pesan sudah dihapus",
  locked: "Dilindungi: tidak bisa diteruskan atau disimpan",
  you: "Anda",
  story: "Contoh cerita",
  storyText: "Tadi malam Pak Camat menyuruh kami di grup WA RT memilih calon nomor 2. Saya punya tangkapan layarnya.",
  samplePicture: "Foto contoh",
  sticker: "Stiker",
  contact: "Kontak",
  location: "Lokasi",
  live: "Lokasi langsung",
  photo: "Foto",
  video: "Video",
  voice: "Pesan suara",
  audio: "Suara",
  document: "Berkas",
  picture: "Gambar",
  odd: "Pesan jenis lain",
  choose: "Pilih",
  sheet: "Daftar pilihan",
  close: "Tutup",
  ok: "Baik",
  latest: "Ke pesan terbaru",
  unread: "{n} belum dibaca",
  today: "Hari ini",
  yesterday: "Kemarin",
  sent: "terkirim",
  delivered: "sampai",
  read: "dibaca",
  failed: "gagal",
  gone: "Demo berhenti. Jalankan lagi: make demo",
  unsent: "Belum terkirim: {why}",
  unreachable: "simulator tidak menjawab",
  actTell: "Warga bercerita",
  actTellText: "Bot bertanya apa, siapa, di mana, kapan, dan bukti. Selama menulis, bot melihat akun dan isi pesan.",
  actSeal: "Laporan disegel",
  actSealText: "Sesudah Kirim, isi laporan dikunci untuk kantor tujuan; bot penerima tidak bisa membukanya lagi. Foto dibuat ulang tanpa data tersembunyi.",
  actWork: "Petugas bekerja",
  actWorkText: "Grup hanya melihat ringkasan. Seorang petugas membuka isinya di obrolan pribadi, dan itu dicatat. Warga mengecek kabar dengan kode.",
  kept: "Yang dilindungi",
  kept1: "Petugas tidak menerima akun, nama, atau nomor pelapor, kecuali pelapor menulisnya sendiri.",
  kept2: "Pencuri basis data hanya mendapat isi terkunci dan keterangan kasar, seperti hari dan status.",
  kept3: "Waktu, tempat, dan jenis kamera yang tersembunyi di foto dibuang.",
  open: "Yang tidak bisa kami sembunyikan",
  open1: "Telegram dan WhatsApp tetap tahu akun Anda memakai layanan ini.",
  open2: "Siapa yang menguasai server yang sedang menyala bisa melihat semuanya.",
  open3: "Cerita yang hanya diketahui sedikit orang, suara, atau gambar bisa menunjuk ke pelapor.",
  open4: "Petugas masih bisa memotret layarnya.",
  storyDemo: "Di demo ini semua akun tiruan, kuncinya tanpa kata sandi, dan semuanya berjalan di komputer ini. Jangan menulis hal yang sungguhan.",
};

const ENGLISH = {
  demo: "Demo",
  pitch: "People report civil servants who take sides in an Indonesian election, by chat and without giving a name. Officers take it from there.",
  steps: "How to try it",
  stepStart: "Press Start on either phone",
  stepTell: "Tell what you saw, then send it",
  stepOpen: "Be the officer: claim it, open it",
  poster: "QR poster",
  reporter: "Reporter",
  newcomer: "New reporter",
  newcomerHint: "Give both phones to somebody new who has never reported",
  newcomerName: "Reporter {n}",
  newcomerDone: "Both phones now belong to {name}.",
  behind: "What happens behind the screen?",
  behindShort: "Behind the screen",
  language: "Language of this page",
  tabs: "Screens",
  desk: "Officers",
  onTelegram: "{name}’s phone · Telegram",
  onWhatsApp: "{name}’s phone · WhatsApp",
  onDesk: "The officers’ screen",
  bot: "bot",
  business: "Make-believe business account",
  actingAs: "Acting as",
  rooms: "The officers’ chats",
  deskNote: "The group holds summaries only. Tips are opened in an officer’s private chat.",
  privateRoom: "{name}’s private chat",
  members: "{n} officers",
  protectedGroup: "no forwarding",
  nobody: "No officers yet.",
  noGroup: "No officers’ group yet.",
  begin: "Start",
  beginHint: "Nothing here yet. Press Start, as if you had scanned the poster.",
  scan: "Scan the poster",
  scanHint: "Scanning the poster prepares this first message:",
  deskEmpty: "Incoming tips appear here.",
  deskPrivateEmpty: "Officers read opened tips here. Press Start so that the bot may write.",
  greeting: "Halo",
  write: "Write a message",
  messages: "Conversation: {name}",
  send: "Send",
  attach: "Attach pictures, video, sound or PDF",
  more: "More",
  commands: "Bot commands",
  tray: "Attachments ready to send",
  asFile: "Send as original file",
  remove: "Remove {name}",
  cancel: "Cancel",
  replying: "Replying to {name}",
  editing: "Editing message",
  reply: "Reply",
  edit: "Edit",
  delete: "Delete",
  actions: "Actions for this message",
  edited: "edited",
  deletedOriginal: "Message was deleted",
  locked: "Protected: cannot be forwarded or saved",
  you: "You",
  story: "Sample story",
  storyText: "Tadi malam Pak Camat menyuruh kami di grup WA RT memilih calon nomor 2. Saya punya tangkapan layarnya.",
  samplePicture: "Sample picture",
  sticker: "Sticker",
  contact: "Contact",
  location: "Location",
  live: "Live location",
  photo: "Photo",
  video: "Video",
  voice: "Voice message",
  audio: "Audio",
  document: "File",
  picture: "Picture",
  odd: "Another kind of message",
  choose: "Choose",
  sheet: "List of choices",
  close: "Close",
  ok: "OK",
  latest: "To the latest message",
  unread: "{n} unread",
  today: "Today",
  yesterday: "Yesterday",
  sent: "sent",
  delivered: "delivered",
  read: "read",
  failed: "failed",
  gone: "The demo has stopped. Run it again: make demo",
  unsent: "Not sent: {why}",
  unreachable: "the simulator does not answer",
  actTell: "Somebody tells",
  actTellText: "The bot asks what, who, where, when, and for evidence. While someone writes, the bot sees account and words.",
  actSeal: "The tip is sealed",
  actSealText: "Once sent, the tip is locked to its office; the receiving bot cannot open it any more. Photos are rebuilt without hidden data.",
  actWork: "Officers work",
  actWorkText: "The group sees summaries only. One officer opens the tip in a private chat, and that is recorded. The reporter looks up news with a code.",
  kept: "What is protected",
  kept1: "Officers never receive the reporter’s account, name or number, unless the reporter writes it.",
  kept2: "A thief of the database gets locked text and coarse facts such as day and status.",
  kept3: "Time, place and camera hidden inside a photo are removed.",
  open: "What we cannot hide",
  open1: "Telegram and WhatsApp still know that your account uses this service.",
  open2: "Whoever controls the running server can see everything.",
  open3: "A story few people know, a voice or a picture can point to the reporter.",
  open4: "An officer can still photograph the screen.",
  storyDemo: "In this demo every account is make-believe, the keys have no passphrase, and everything runs on this computer. Do not write anything real.",
};

const TONGUES = { id: INDONESIAN, en: ENGLISH };
const REMEMBERED = "saksi.language";

let spoken = "id";

export function language() {
  return spoken;
}

/** The words of `key`, with `{name}` places filled in. */
export function say(key, values = {}) {
  return TONGUES[spoken][key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export function recall() {
  const kept = recallText("localStorage", REMEMBERED);
  spoken = kept in TONGUES ? kept : "id";
}

export function speak(tongue) {
  spoken = tongue;
  keepText("localStorage", REMEMBERED, tongue);
}

/** Fills every element that names its words: text, label, placeholder or tooltip. */
export function translate(root = document) {
  document.documentElement.lang = spoken;
  for (const node of root.querySelectorAll("[data-say]")) node.textContent = say(node.dataset.say);
  for (const node of root.querySelectorAll("[data-say-label]")) node.setAttribute("aria-label", say(node.dataset.sayLabel));
  for (const node of root.querySelectorAll("[data-say-title]")) node.title = say(node.dataset.sayTitle);
  for (const node of root.querySelectorAll("[data-say-placeholder]")) node.placeholder = say(node.dataset.sayPlaceholder);
}

export function clock(at) {
  return new Date(at * 1000).toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit" });
}

export function day(at, now = Date.now() / 1000) {
  const apart = Math.round((midnight(now) - midnight(at)) / 86400000);
  if (apart === 0) return say("today");
  if (apart === 1) return say("yesterday");
  return new Date(at * 1000).toLocaleDateString(locale(), { day: "numeric", month: "long", year: "numeric" });
}

export function midnight(at) {
  return new Date(at * 1000).setHours(0, 0, 0, 0);
}

export function weight(bytes) {
  const [amount, unit] = bytes >= 1048576 ? [bytes / 1048576, "MB"] : [Math.max(1, bytes / 1024), "KB"];
  return `${amount.toLocaleString(locale(), { maximumFractionDigits: unit === "MB" ? 1 : 0 })} ${unit}`;
}

function locale() {
  return spoken === "id" ? "id-ID" : "en-GB";
}
