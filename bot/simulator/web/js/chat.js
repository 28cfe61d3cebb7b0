// The chat of the current parent: appended to as bubbles come.

import { act } from "./api.js";
import { row } from "./bubbles.js";
import { byId, fill, h } from "./dom.js";
import { needsStamp, stamp } from "./times.js";

let openid = "";
let last = null;
let seen = 0;
let waiting = null;
let drawn = [];

const hands = {
  tapLink: (href, text) => act(openid, "tap", { href, text }),
  tapChoice: (choice) => act(openid, "tap", { id: choice.id, text: choice.text }),
};

/** Stay at the end when the chat's room changes, as it does when the menu or the keyboard comes. */
export function wireChat() {
  const chat = byId("chat");
  let stuck = true;
  chat.addEventListener("scroll", () => { stuck = atEnd(chat); });
  new ResizeObserver(() => { if (stuck) toEnd(); }).observe(chat);
}

const atEnd = (chat) => chat.scrollHeight - chat.scrollTop - chat.clientHeight < 160;

/** Get ready for a chat that is being fetched: what comes meanwhile waits for it. */
export function expectChat() {
  waiting = [];
}

/** Draw a whole chat. */
export function openChat(parent, bubbles) {
  const live = [...(waiting || []), ...(parent === openid ? drawn : [])];
  const all = new Map([...bubbles, ...live].map((bubble) => [bubble.number, bubble]));
  waiting = null;
  openid = parent;
  clear();
  [...all.values()].sort((one, other) => one.number - other.number).forEach(append);
  toEnd();
}

function clear() {
  last = null;
  seen = 0;
  drawn = [];
  fill(byId("chat"));
}

/** Say that there is nobody yet; `add` starts to add someone. */
export function emptyChat(add) {
  openid = "";
  waiting = null;
  clear();
  fill(byId("chat"), h("p", { class: "empty" }, "还没有家长。添加一位，就可以像在微信里一样跟公众号聊天。"),
    h("button", { class: "wide-button first", type: "button", onclick: add }, "＋ 添加一位家长"));
}

/** Add one bubble, once. */
export function addBubble(bubble) {
  if (waiting) {
    waiting.push(bubble);
    return;
  }
  const chat = byId("chat");
  const follow = atEnd(chat);
  append(bubble);
  if (follow || bubble.side === "parent") toEnd();
}

function append(bubble) {
  if (bubble.number <= seen) return;
  seen = bubble.number;
  drawn.push(bubble);
  const at = new Date(bubble.at);
  const chat = byId("chat");
  if (needsStamp(at, last)) chat.append(h("p", { class: "stamp" }, stamp(at)));
  last = at;
  const element = row(bubble, openid, hands);
  chat.append(element);
}

function toEnd() {
  const chat = byId("chat");
  chat.scrollTop = chat.scrollHeight;
}
