// The list of parents: each is an openid in the address's hash.

import { post } from "./api.js";
import { avatar, byId, fill, h } from "./dom.js";
import { askWith, check, field } from "./sheet.js";

/** Draw the list; `unread` counts what came while another chat was open, `lines` holds the latest line of each. */
export function drawPeople(people, current, unread, lines) {
  fill(byId("people"), ...people.map((one) => h("li", {}, person(one, one.openid === current, unread.get(one.openid), lines.get(one.openid)))));
  const total = [...unread.values()].reduce((sum, count) => sum + count, 0);
  byId("unread").hidden = total === 0;
  byId("unread").textContent = total > 99 ? "99+" : String(total);
}

function person(one, isCurrent, count, line) {
  const below = one.following ? line || (one.scene ? `扫码：${one.scene}` : "已关注") : "未关注";
  return h("button", { class: "person", type: "button", "aria-current": String(isCurrent), onclick: () => choose(one.openid) },
    avatar(one.openid), h("span", {}, h("b", {}, one.nickname), h("small", {}, below)),
    count ? h("span", { class: "badge", "aria-label": `${count} 条未读` }, String(count)) : null);
}

/** Go to a parent's chat. */
export function choose(openid) {
  document.body.dataset.view = "chat";
  location.hash = openid;
}

/** Ask for a new parent; resolves to it, or to null when cancelled. */
export async function addParent() {
  const values = await askWith("添加一位家长", "添加",
    field("称呼（可不填）", h("input", { type: "text", name: "nickname", maxlength: "20" })),
    field("从哪个二维码来（可不填）", h("input", { type: "text", name: "scene", maxlength: "64", placeholder: "factory-1" })),
    check("现在关注公众号", "follow", true));
  if (!values) return null;
  return post("/parents/", { nickname: values.nickname, scene: values.scene, silent: !values.follow });
}
