// One bubble of a chat, by its kind.

import { avatar, h, icon } from "./dom.js";
import { bareLinks, richText, webAddress } from "./rich.js";

const VIA = { mass: "群发消息", template: "模板消息", subscription: "订阅通知" };

/** The row for a bubble; `hands` holds tapLink(href, label) and tapChoice(choice). */
export function row(bubble, openid, hands) {
  const { side, content } = bubble;
  if (side === "system") return h("p", { class: "note" }, content.text);

  const own = side === "parent";
  const pieces = (KINDS[content.kind] || unknown)(content, own, hands);
  const broad = !own && (content.kind === "news" || content.kind === "notice");
  const label = own ? "我" : "公众号";
  return h("div", { class: `row ${side}${broad ? " broad" : ""}`, "data-number": bubble.number, role: "group", "aria-label": label },
    avatar(own ? openid : ""),
    h("div", { class: "said" }, ...pieces, content.ai ? h("span", { class: "via" }, "内容由第三方AI生成") : null,
      VIA[bubble.via] ? h("span", { class: "via" }, VIA[bubble.via]) : null));
}

const KINDS = { text, voice, image, video, shortvideo: video, location, link, news, menu, notice };

function text(content, own, hands) {
  const nodes = own ? bareLinks(content.text) : richText(content.text, hands.tapLink);
  return [h("div", { class: "bubble tail" }, ...nodes)];
}

function voice(content, own) {
  const bubble = h("div", { class: "bubble tail voice", role: "img", "aria-label": `语音 ${content.seconds} 秒` },
    icon("i-waves"), `${content.seconds || 1}″`);
  bubble.style.width = `${Math.min(220, 76 + content.seconds * 5)}px`;
  if (!own) return [bubble];
  const heard = content.text ? h("div", { class: "transcript" }, content.text) : h("div", { class: "transcript none" }, "没有识别结果");
  return [bubble, heard];
}

function picture(content, alt) {
  const source = content.picture.includes("/") ? webAddress(content.picture) : `/sim/media/${encodeURIComponent(content.picture)}`;
  return source ? h("img", { class: "picture", src: source, alt }) : h("div", { class: "bubble tail" }, alt);
}

function image(content) {
  return [picture(content, "图片")];
}

function video(content) {
  return [h("div", { class: "film", role: "img", "aria-label": "视频" }, picture(content, "视频"))];
}

function location(content) {
  return [h("div", { class: "card" }, h("span", { class: "inner" }, h("b", {}, content.text)), h("span", { class: "map" }, icon("i-place")))];
}

function card(url, ...children) {
  const href = webAddress(url);
  return href ? h("a", { class: "card", href, target: "_blank", rel: "noopener noreferrer" }, ...children) : h("div", { class: "card" }, ...children);
}

function link(content) {
  return [card(content.url, h("span", { class: "inner" }, h("b", {}, content.title), h("span", { class: "more" }, content.text || content.url)))];
}

function news(content) {
  return content.articles.map((article) => {
    const source = webAddress(article.picture);
    return card(article.url, source ? h("img", { src: source, alt: "" }) : null,
      h("span", { class: "inner" }, h("b", {}, article.title), article.description ? h("span", { class: "more" }, article.description) : null));
  });
}

function menu(content, own, hands) {
  const choices = content.choices.map((choice) =>
    h("li", {}, h("button", { class: "tap", type: "button", onclick: () => hands.tapChoice(choice) }, choice.text)));
  return [h("div", { class: "bubble tail" }, ...richText(content.text, hands.tapLink),
    choices.length ? h("ul", { class: "choices" }, ...choices) : null,
    content.tail ? h("span", { class: "tail-words" }, ...richText(content.tail, hands.tapLink)) : null)];
}

function notice(content) {
  const lines = content.lines.map((line) => h("span", { class: "more" }, line));
  return [card(content.url, h("span", { class: "inner" }, h("b", {}, content.title), ...lines))];
}

function unknown(content) {
  return [h("div", { class: "bubble tail" }, `[${content.kind}]`, content.text)];
}
