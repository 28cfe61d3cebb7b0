// The text of a message as WeChat shows it: all of it text, except links of the two forms WeChat knows.

import { h } from "./dom.js";

const LINK = /<a\s+href=(["'])(.*?)\1[^>]*>([^<]*)<\/a>/gi;
const BARE = /https?:\/\/[^\s<>"'，。；！？、）】》”]+/gi;

/** Nodes for a text of the account's; `tap` is called with (href, label) for a bizmsgmenu link. */
export function richText(text, tap) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const link = linkTo(match[2], match[3], tap);
    if (!link) continue;
    nodes.push(...bareLinks(text.slice(end, match.index)), link);
    end = match.index + match[0].length;
  }
  nodes.push(...bareLinks(text.slice(end)));
  return nodes;
}

/** Nodes for a text in which only bare web addresses are links. */
export function bareLinks(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(BARE)) {
    nodes.push(text.slice(end, match.index), outside(match[0], match[0]));
    end = match.index + match[0].length;
  }
  nodes.push(text.slice(end));
  return nodes.filter(Boolean);
}

/** The address when it is a web address, else null. */
export function webAddress(raw) {
  try {
    const url = new URL(raw);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

function outside(address, label) {
  const href = webAddress(address);
  return href ? h("a", { href, target: "_blank", rel: "noopener noreferrer" }, label) : label;
}

function linkTo(raw, label, tap) {
  const href = raw.replaceAll("&amp;", "&");
  if (href.startsWith("weixin://bizmsgmenu?")) {
    return h("button", { class: "tap", type: "button", onclick: () => tap(href, label) }, label);
  }
  return webAddress(href) ? outside(href, label) : null;
}
