// What a visitor without a story or a photo at hand can send, and the odd things people send to bots.

import { say } from "./words.js";

const WIDTH = 960;
const HEIGHT = 720;

/** The "more" menu of a reporter's phone; `oddities` are [simulator's kind, drawing and words]. */
export function extras(composer, oddities, odd) {
  const samples = [
    { label: say("story"), drawing: "pencil", run: () => composer.write(say("storyText")) },
    { label: say("samplePicture"), drawing: "image", run: async () => composer.add([await samplePicture()]) },
  ];
  return [...samples, ...oddities.map(([kind, name]) => ({ label: say(name), drawing: name, run: () => odd(kind) }))];
}

/** A drawn street scene, different each time so that equal photos do not hide a fault. */
export async function samplePicture() {
  const canvas = Object.assign(document.createElement("canvas"), { width: WIDTH, height: HEIGHT });
  paint(canvas.getContext("2d"));
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
  return new File([blob], "contoh.jpg", { type: "image/jpeg" });
}

function paint(pen) {
  const shift = Math.random() * 120;
  const sky = pen.createLinearGradient(0, 0, 0, HEIGHT);
  sky.addColorStop(0, "#9db9c4");
  sky.addColorStop(1, "#f3e6d3");
  block(pen, sky, 0, 0, WIDTH, HEIGHT);
  block(pen, "#c9b79d", 0, 520, WIDTH, 200);
  block(pen, "#7b7468", 0, 590, WIDTH, 130);
  office(pen, 150 + shift);
  car(pen, 430 + shift);
}

function office(pen, x) {
  block(pen, "#e9dcc6", x, 260, 420, 270);
  block(pen, "#8a5a44", x - 20, 225, 460, 42);
  for (const step of [40, 150, 260]) block(pen, "#5f7f8a", x + step, 310, 76, 84);
  block(pen, "#5b4636", x + 350, 400, 54, 130);
}

function car(pen, x) {
  block(pen, "#2f4650", x, 560, 340, 76);
  block(pen, "#2f4650", x + 60, 510, 200, 56);
  block(pen, "#c7d8dc", x + 78, 520, 74, 42);
  block(pen, "#c7d8dc", x + 164, 520, 78, 42);
  block(pen, "#f4efe6", x + 20, 572, 210, 44);
  pen.fillStyle = "#6b4f7a";
  pen.font = "700 30px sans-serif";
  pen.fillText("PILIH PASLON …", x + 32, 604, 186);
  for (const wheel of [x + 74, x + 262]) disc(pen, wheel, 636);
}

function block(pen, colour, ...box) {
  pen.fillStyle = colour;
  pen.fillRect(...box);
}

function disc(pen, x, y) {
  pen.fillStyle = "#222";
  pen.beginPath();
  pen.arc(x, y, 34, 0, 2 * Math.PI);
  pen.fill();
}
