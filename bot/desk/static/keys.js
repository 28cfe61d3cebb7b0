// The keyboard for lists and conversations: j k move, x done, e teach, n note, / search, u back, ? help. Enter opens a link by itself.
"use strict";

const help = document.getElementById("keys");
const list = document.querySelector("[data-keys=list]");
const turns = document.querySelector("[data-keys=turns]");
const stops = () => (list ? [...list.querySelectorAll(".row > a")] : turns ? [...turns.querySelectorAll(".turn")] : []);

function move(step) {
  const all = stops();
  if (!all.length) return;
  const at = all.findIndex((one) => one === document.activeElement || one.contains(document.activeElement));
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step));
  all[next].focus();
  all[next].scrollIntoView({ block: "nearest" });
}

const actions = {
  j: () => move(1),
  k: () => move(-1),
  x: () => document.querySelector("[data-key=x]")?.click(),
  n: () => document.querySelector("[data-key=n]")?.focus(),
  u: () => document.querySelector("[data-key=u]")?.click(),
  e: () => document.activeElement.closest(".turn")?.querySelector(".teach")?.click(),
  "/": () => document.querySelector("input[type=search]")?.focus(),
  "?": () => help?.showModal(),
};

document.addEventListener("keydown", (event) => {
  // A closed dialog keeps the focus until the next frame: only an open one takes the keys.
  const typing = event.target.closest("input, textarea, select, dialog[open]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !actions[event.key]) return;
  event.preventDefault();
  actions[event.key]();
});

for (const button of document.querySelectorAll(".keys-help")) {
  button.hidden = false;
  button.addEventListener("click", () => help.showModal());
}
