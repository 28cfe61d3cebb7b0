// Below the chat: menu bar or keyboard, and the panel behind "+".

import { act } from "./api.js";
import { byId, fill, h, icon } from "./dom.js";
import { webAddress } from "./rich.js";
import { askWith, check, field } from "./sheet.js";

let current = () => "";
let menu = [];
let typing = false;

/** Wire the buttons; `openid` gives the current parent. */
export function wireComposer(openid) {
  current = openid;
  const text = byId("text");
  byId("input-strip").addEventListener("submit", (event) => { event.preventDefault(); send(); });
  text.addEventListener("keydown", (event) => {
    // While an input method composes, Enter chooses a word.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  text.addEventListener("input", grow);
  text.addEventListener("focus", () => togglePlus(false));
  byId("plus-button").addEventListener("click", () => togglePlus(byId("plus").hidden));
  byId("voice-button").addEventListener("click", speak);
  byId("to-keyboard").addEventListener("click", () => { typing = true; drawStrips(); text.focus(); });
  byId("to-menu").addEventListener("click", () => { typing = false; togglePlus(false); drawStrips(); });
  byId("follow-again").addEventListener("click", () => act(current(), "follow"));
  document.addEventListener("click", (event) => { if (!event.target.closest(".top")) closeSubs(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeSubs(true); });
  fill(byId("plus"), ...PANEL.map(tile));
}

/** Show what fits: the menu when there is one, the follow button for who has left. */
export function drawComposer(parent, buttons) {
  if (JSON.stringify(buttons) !== JSON.stringify(menu)) {
    menu = buttons;
    fill(byId("menu"), ...menu.map(topButton));
  }
  byId("composer").hidden = !parent;
  drawStrips(parent);
}

let following = true;

function drawStrips(parent) {
  if (parent) following = parent.following;
  const withMenu = menu.length > 0 && !typing;
  byId("follow-strip").hidden = following;
  byId("menu-strip").hidden = !following || !withMenu;
  byId("input-strip").hidden = !following || withMenu;
  byId("to-menu").hidden = menu.length === 0;
  if (!following) togglePlus(false);
}

async function send() {
  const text = byId("text");
  const words = text.value;
  if (!words.trim()) return;
  text.value = "";
  grow();
  if (!await act(current(), "text", { text: words }) && !text.value) { text.value = words; grow(); }
}

function grow() {
  const text = byId("text");
  text.style.height = "auto";
  text.style.height = `${Math.min(122, text.scrollHeight)}px`;
  const written = text.value.trim() !== "";
  byId("send").hidden = !written;
  byId("plus-button").hidden = written;
}

function togglePlus(open) {
  byId("plus").hidden = !open;
  byId("plus-button").setAttribute("aria-expanded", String(open));
}

function topButton(button) {
  const below = button.sub_button || [];
  if (!below.length) return h("div", { class: "top" }, h("button", { type: "button", onclick: () => press(button) }, button.name));
  const list = h("ul", { class: "sub", hidden: true },
    ...below.map((one) => h("li", {}, h("button", { type: "button", onclick: () => { closeSubs(); press(one); } }, one.name))));
  const opener = h("button", { type: "button", class: "has-sub", "aria-expanded": "false", onclick: () => {
    const open = list.hidden;
    closeSubs();
    list.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
  } }, button.name);
  return h("div", { class: "top" }, opener, list);
}

function closeSubs(refocus = false) {
  for (const top of document.querySelectorAll(".menu .top")) {
    const list = top.querySelector(".sub");
    if (!list || list.hidden) continue;
    list.hidden = true;
    top.firstElementChild.setAttribute("aria-expanded", "false");
    if (refocus) top.firstElementChild.focus();
  }
}

function press(button) {
  const href = button.type === "view" ? webAddress(button.url) : null;
  if (href) window.open(href, "_blank", "noopener,noreferrer");
  return act(current(), "menu", { key: button.key || button.url });
}

async function speak() {
  const values = await askWith("发一段语音", "发送",
    field("说的话", h("textarea", { name: "words", rows: "3", required: true, maxlength: "1000" })),
    check("微信给出语音识别的文字", "heard", true));
  if (!values) return;
  const seconds = Math.max(2, Math.min(60, Math.round(values.words.length / 4)));
  await act(current(), "voice", { recognition: values.heard ? values.words : "", seconds });
}

async function sendPicture() {
  const choice = (name, label, checked) => h("label", {}, h("img", { src: `/sim/web/${name}.svg`, alt: "" }),
    h("span", {}, h("input", { type: "radio", name: "picture", value: name, checked }), ` ${label}`));
  const values = await askWith("发一张照片", "发送",
    h("fieldset", { class: "pictures", "aria-label": "照片" }, choice("drawing", "画", true), choice("report", "成绩单"), choice("home", "老家")));
  if (values) await act(current(), "image", { picture: values.picture });
}

async function sendPlace() {
  const values = await askWith("发送位置", "发送", field("地方", h("input", { type: "text", name: "label", value: "广东省东莞市长安镇", required: true, maxlength: "100" })));
  if (values) await act(current(), "location", values);
}

async function sendLink() {
  const values = await askWith("转发一篇文章", "发送",
    field("标题", h("input", { type: "text", name: "title", value: "暑假里，怎样让孩子安全玩水", required: true, maxlength: "100" })),
    field("网址", h("input", { type: "url", name: "url", value: "https://example.com/article", required: true, maxlength: "500" })));
  if (values) await act(current(), "link", values);
}

async function scan() {
  const values = await askWith("扫一扫", "扫码", field("二维码里的场景值", h("input", { type: "text", name: "scene", value: "factory-1", required: true, maxlength: "64" })));
  if (values) await act(current(), "scan", values);
}

async function leave() {
  const values = await askWith("不再关注这个公众号？", "不再关注", h("p", {}, "之后公众号就不能给你发消息了。"));
  if (values) await act(current(), "unfollow");
}

async function consent() {
  const values = await askWith("订阅通知", "确定", field("模板编号", h("input", { type: "text", name: "template_id", required: true, maxlength: "64" })), check("同意接收一次通知", "accept", true));
  if (values) await act(current(), "consent", { template_id: values.template_id, accept: Boolean(values.accept) });
}

const PANEL = [
  ["i-picture", "照片", sendPicture], ["i-video", "视频", () => act(current(), "video")],
  ["i-place", "位置", sendPlace], ["i-link", "文章链接", sendLink],
  ["i-scan", "扫一扫", scan], ["i-bell", "订阅通知", consent], ["i-follow", "取消关注", leave],
];

function tile([name, label, run]) {
  return h("button", { type: "button", onclick: () => { togglePlus(false); run(); } }, h("span", { class: "tile" }, icon(name)), label);
}
