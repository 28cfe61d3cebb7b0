// What is new, every few seconds, without disturbing what is being typed or read: a conversation and its window, the safety queue.
"use strict";

const live = document.querySelector("#live[data-live]");
const composer = document.getElementById("composer");
const send = document.getElementById("composer-send");
const EVERY = 5000;
let over = null;
let spoken = null;

function fit() {
  const mode = live.querySelector(".window")?.dataset.mode;
  if (!mode || !composer || composer.elements.mode.value === mode) return;
  composer.elements.mode.value = mode;
  send.textContent = send.dataset[mode];
}

// What the keyboard stands on, in words that find it again after the part was made anew.
function holds() {
  const at = live.contains(document.activeElement) ? document.activeElement : null;
  if (!at) return () => null;
  const [href, action, words] = [at.getAttribute("href"), at.form?.getAttribute("action"), at.textContent];
  return () => [...live.querySelectorAll("a, button, summary")].find((one) => (href ? one.getAttribute("href") === href : one.form?.getAttribute("action") === action && one.textContent === words));
}

// Who cannot see the page hears what changed, and not all of it again.
function speak() {
  const words = live.querySelector("[data-say]")?.dataset.say;
  if (words && words !== spoken.textContent) spoken.textContent = words;
}

function show(fresh) {
  const open = [...live.querySelectorAll("details[open]")].map((one) => one.closest(".turn")?.id).filter(Boolean);
  const held = holds();
  const place = live.querySelector(".talks")?.scrollTop;
  // Our own server made it with every word escaped, and the page's policy runs no script that stands in it.
  live.innerHTML = fresh;
  for (const id of open) live.querySelector(`#${CSS.escape(id)} details`)?.setAttribute("open", "");
  held()?.focus();
  speak();
  const grown = live.querySelectorAll(".turn").length > Number(live.dataset.turns);
  live.querySelector(".talks")?.scrollTo(0, grown ? 1e6 : place);
  live.dataset.turns = live.querySelectorAll(".turn").length;
}

// What stands here still looks alive: whoever waits for the next danger sign has to know that none will come.
function tell(ended) {
  if (ended === Boolean(over)) return;
  over?.remove();
  over = ended ? document.createElement("p") : null;
  if (!over) return;
  over.className = "wrong";
  over.setAttribute("role", "alert");
  over.textContent = "登录过期了，这里不再更新。请在另一个窗口登录，这一页就会接着更新。";
  live.before(over);
}

async function look() {
  if (document.hidden) return;
  const answer = await fetch(live.dataset.live, { credentials: "same-origin", redirect: "manual" }).catch(() => null);
  // The door, or a role that may not see this any more; what failed otherwise is tried again.
  if (answer) tell(answer.type === "opaqueredirect" || answer.status === 403);
  if (!answer?.ok) return;
  const fresh = await answer.text();
  if (fresh === live.dataset.last) return;
  live.dataset.last = fresh;
  show(fresh);
  fit();
}

if (live) {
  live.dataset.turns = live.querySelectorAll(".turn").length;
  spoken = document.createElement("p");
  spoken.className = "hidden";
  spoken.setAttribute("role", "status");
  live.before(spoken);
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
  live.querySelector(".talks")?.scrollTo(0, 1e6);
}
