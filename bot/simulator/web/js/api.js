// The simulator's control API.

import { byId } from "./dom.js";

const REASONS = {
  43004: "还没有关注公众号", 44004: "消息是空的", 46003: "菜单里没有这一项", 40003: "这位家长已经不在了（模拟器重启过）",
};

async function ask(method, path, body) {
  const options = { method, headers: {} };
  if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers["Content-Type"] = "application/json";
  }
  let response;
  try {
    // Relative to the page: the desk shows the same phone under an address of its own, and asks for its word.
    const word = document.body.dataset.csrf;
    if (word) options.headers["X-CSRF-Token"] = word;
    response = await fetch(`.${path}`, options);
  } catch {
    toast("连不上模拟器");
    throw new Error("unreachable");
  }
  const answer = await response.json();
  if (!response.ok) {
    toast(REASONS[answer.errcode] || `不行：${answer.errmsg}`);
    throw new Error(String(answer.errcode));
  }
  return answer;
}

export const get = (path) => ask("GET", path);
export const post = (path, body = {}) => ask("POST", path, body);
export const remove = (path) => ask("DELETE", path);

/** Let a parent do something; a refusal is shown and otherwise has no effect. */
export async function act(openid, what, body = {}) {
  try {
    await post(`/parents/${encodeURIComponent(openid)}/${what}`, body);
    return true;
  } catch {
    return false;
  }
}

let timer = 0;

/** A short notice in the middle. */
export function toast(text) {
  const box = byId("toast");
  box.textContent = text;
  box.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => { box.hidden = true; }, 2600);
}
