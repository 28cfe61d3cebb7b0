// What is new, every few seconds, without disturbing what is being typed or read: a conversation and its window, the safety queue.
"use strict";

const live = document.querySelector("#live[data-live]");
const composer = document.getElementById("composer");
const send = document.getElementById("composer-send");
const EVERY = 5000;

function fit() {
  const mode = live.querySelector(".window")?.dataset.mode;
  if (!mode || !composer || composer.elements.mode.value === mode) return;
  composer.elements.mode.value = mode;
  send.textContent = send.dataset[mode];
}

function show(fresh) {
  const open = [...live.querySelectorAll("details[open]")].map((one) => one.closest(".turn")?.id);
  const held = live.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const place = live.querySelector(".talks")?.scrollTop;
  // Our own server made it with every word escaped, and the page's policy runs no script that stands in it.
  live.innerHTML = fresh;
  for (const id of open) live.querySelector(`#${CSS.escape(id ?? "")} details`)?.setAttribute("open", "");
  if (held) live.querySelector(`a[href="${CSS.escape(held)}"]`)?.focus();
  const grown = live.querySelectorAll(".turn").length > Number(live.dataset.turns);
  live.querySelector(".talks")?.scrollTo(0, grown ? 1e6 : place);
  live.dataset.turns = live.querySelectorAll(".turn").length;
}

async function look() {
  if (document.hidden) return;
  const answer = await fetch(live.dataset.live, { credentials: "same-origin", redirect: "manual" }).catch(() => null);
  if (!answer?.ok) return;
  const fresh = await answer.text();
  if (fresh === live.dataset.last) return;
  live.dataset.last = fresh;
  show(fresh);
  fit();
}

if (live) {
  live.dataset.turns = live.querySelectorAll(".turn").length;
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
  live.querySelector(".talks")?.scrollTo(0, 1e6);
}
