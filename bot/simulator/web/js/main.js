// The page: one state, filled from the server and kept fresh by its stream.

import { get } from "./api.js";
import { addBubble, emptyChat, expectChat, openChat, wireChat } from "./chat.js";
import { drawComposer, wireComposer } from "./composer.js";
import { byId } from "./dom.js";
import { drawAllowance, drawCall, drawDelivery, drawState, loadInspector, wireInspector } from "./inspector.js";
import { addParent, choose, drawPeople } from "./people.js";
import { wireSheet } from "./sheet.js";
import { setNow } from "./times.js";

const TYPING_LASTS = 15000;
const people = new Map();
const unread = new Map();
const lines = new Map();
let state = null;
let typingTimer = 0;

const chosen = () => decodeURIComponent(location.hash.slice(1));
const current = () => people.get(chosen());

function draw() {
  const parent = current();
  drawPeople([...people.values()], chosen(), unread, lines);
  drawAllowance(parent);
  drawComposer(parent, state ? state.menu : []);
  drawTitle(parent);
}

function drawTitle(parent) {
  clearTimeout(typingTimer);
  const name = document.body.dataset.account;
  byId("title").textContent = parent?.typing ? "对方正在输入…" : name;
  if (parent?.typing) typingTimer = setTimeout(() => { parent.typing = false; drawTitle(parent); }, TYPING_LASTS);
}

async function openCurrent() {
  const openid = chosen();
  if (!people.has(openid)) {
    const first = people.keys().next();
    if (!first.done) { location.replace(`#${first.value}`); return; }
    emptyChat(add);
    draw();
    return;
  }
  expectChat();
  const { parent, bubbles } = await get(`/parents/${encodeURIComponent(openid)}/chat`);
  if (openid !== chosen()) return;
  people.set(openid, parent);
  unread.delete(openid);
  if (bubbles.length) remember(openid, bubbles[bubbles.length - 1]);
  openChat(openid, bubbles);
  draw();
}

function remember(openid, bubble) {
  const { text, title, kind, articles } = bubble.content;
  const names = { voice: "[语音]", image: "[图片]", video: "[视频]", location: "[位置]", link: "[链接]" };
  const words = names[kind] || text || title || articles[0]?.title || `[${kind}]`;
  lines.set(openid, words.replace(/<[^>]*>/g, "").slice(0, 40));
}

const UPDATES = {
  bubble(openid, bubble) {
    remember(openid, bubble);
    if (openid === chosen()) addBubble(bubble);
    else if (bubble.side === "account") unread.set(openid, (unread.get(openid) || 0) + 1);
    draw();
  },
  parent(openid, parent) {
    const known = people.has(openid);
    people.set(openid, parent);
    if (!known && openid === chosen()) openCurrent().catch(() => {});
    else if (!current()) choose(openid);
    else draw();
  },
  state(_, fresh) {
    state = fresh;
    setNow(state.now);
    drawState(state);
    draw();
  },
  delivery: (_, delivery) => drawDelivery(delivery),
  call: (_, call) => drawCall(call),
};

async function loadAll() {
  const [fresh, list] = await Promise.all([get("/state"), get("/parents/")]);
  people.clear();
  for (const one of list) people.set(one.openid, one);
  UPDATES.state("", fresh);
  await Promise.all([openCurrent(), loadInspector()]);
}

function listen() {
  const stream = new EventSource("./stream");
  // Whatever happened while the line was broken is fetched anew.
  stream.onopen = () => loadAll().catch(() => {});
  stream.onmessage = (event) => {
    const { kind, openid, data } = JSON.parse(event.data);
    UPDATES[kind]?.(openid, data);
  };
}

async function welcome() {
  const made = await addParent();
  if (!made) return;
  // Known before its chat is opened: the stream may tell of it later than the answer does.
  people.set(made.openid, people.get(made.openid) || made);
  choose(made.openid);
}

const add = () => welcome().catch(() => {});

function show(view) {
  document.body.dataset.view = view;
}

wireSheet();
wireChat();
wireComposer(chosen);
wireInspector();
byId("add-parent").addEventListener("click", add);
byId("show-people").addEventListener("click", () => show("people"));
byId("show-inspector").addEventListener("click", () => show("inspector"));
byId("hide-inspector").addEventListener("click", () => show("chat"));
addEventListener("hashchange", () => openCurrent().catch(() => {}));
listen();
