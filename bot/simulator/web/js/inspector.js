// What the platform sees: allowance, clock, deliveries, calls, mode and faults.

import { get, post, remove, toast } from "./api.js";
import { byId, fill, h } from "./dom.js";
import { face, now, second } from "./times.js";

const KEPT = 120;
const MODES = { plain: "明文模式", compatible: "兼容模式", safe: "安全模式" };
const OUTCOMES = { flying: ["投递中", "wait"], success: ["success", "good"], reply: ["被动回复", "good"], failed: ["失败", "bad"] };
const WORDS = { answered: "", timeout: "超时", unreachable: "连不上", "no callback": "没有回调地址" };
const KINDS = {
  text: "文字", voice: "语音", image: "图片", video: "视频", location: "位置", link: "链接", subscribe: "关注", unsubscribe: "取消关注",
  SCAN: "扫码", CLICK: "点菜单", VIEW: "点菜单开网页", MASSSENDJOBFINISH: "群发结果", TEMPLATESENDJOBFINISH: "模板消息结果",
  subscribe_msg_popup_event: "订阅通知选择",
};
const TURNS = [["+1 分", { minutes: 1 }], ["+1 小时", { hours: 1 }], ["+1 天", { days: 1 }], ["+7 天", { days: 7 }], ["现在", { reset: true }]];
const FAULTS = [[-1, "系统繁忙"], [40001, "令牌失效"], [42001, "令牌过期"], [45009, "额度用完"], [45015, "超出时限"], [45047, "条数用完"], [48001, "没有权限"], [40164, "不在白名单"]];

/** Wire tabs and buttons. */
export function wireInspector() {
  const tabs = [...document.querySelectorAll('[role="tab"]')];
  for (const tab of tabs) {
    tab.addEventListener("click", () => select(tab, tabs));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
      select(next, tabs);
      next.focus();
    });
  }
  fill(byId("clock-buttons"), ...TURNS.map(([label, body]) => button(label, () => post("/clock", body))));
  setInterval(tick, 1000);
}

function select(chosen, tabs) {
  for (const tab of tabs) {
    const on = tab === chosen;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
    byId(tab.getAttribute("aria-controls")).hidden = !on;
  }
}

/** A button that does something on the server; refusals are shown by the call itself. */
function button(label, run, properties = {}) {
  return h("button", { type: "button", onclick: () => run()?.catch?.(() => {}), ...properties }, label);
}

let allowance = null;

/** Show the current parent's allowance. */
export function drawAllowance(parent) {
  allowance = parent ? parent.allowance : null;
  tick();
}

function tick() {
  const { date, time } = face(now());
  fill(byId("clock"), h("span", {}, date), " ", h("span", {}, time));
  drawMeter();
}

let drawn = "";

function drawMeter() {
  const open = allowance?.ends && new Date(allowance.ends) > now();
  const left = open ? allowance.left : 0;
  const total = open ? allowance.total : 5;
  const until = !allowance ? "没有家长" : open ? `${remaining(new Date(allowance.ends) - now())}内有效` : "要等家长先来消息";
  const key = `${left}/${total}/${until}`;
  if (key === drawn) return;
  drawn = key;
  const cells = Array.from({ length: total }, (_, index) => h("i", { class: index < left ? "on" : "" }));
  fill(byId("meter"), h("div", { class: "meter", role: "meter", "aria-valuenow": left, "aria-valuemin": 0, "aria-valuemax": total, "aria-label": "还能主动发的条数" }, ...cells),
    h("p", {}, h("b", {}, String(left)), ` / ${total} 条`), h("p", {}, until));
}

function remaining(milliseconds) {
  const minutes = Math.floor(milliseconds / 60000);
  if (minutes >= 60) return `${Math.floor(minutes / 60)} 小时`;
  return minutes >= 1 ? `${minutes} 分钟` : `${Math.ceil(milliseconds / 1000)} 秒`;
}

/** Show the account's state, mode and faults. */
export function drawState(state) {
  const kind = state.account === "service" ? "服务号" : "订阅号";
  byId("account-kind").textContent = `${kind} · ${state.verified ? "已认证" : "未认证"}`;
  for (const one of byId("clock-buttons").children) one.disabled = !state.turnable;
  const modes = Object.entries(MODES).map(([mode, label]) =>
    button(label, () => post("/mode", { mode }), { "aria-pressed": String(state.mode === mode) }));
  const { waiting, latency, down } = state.faults;
  const queue = waiting.length ? `等着发生：${waiting.map((one) => `${one.errcode}${one.times > 1 ? ` ×${one.times}` : ""}`).join("，")}` : "接口一切正常";
  fill(byId("switches"),
    box("消息加密方式", "从下一条消息起生效。", modes),
    box("下一次接口调用返回", queue, FAULTS.map(([errcode, label]) => button(`${errcode} ${label}`, () => post("/faults", { errcode, times: 1 })))),
    box("接口快慢", `现在${down ? "断线" : latency ? `每次慢 ${latency} 秒` : "正常"}，最多投递 ${state.tries} 次，每次等 ${state.gap} 秒。`, [
      button("慢 2 秒", () => post("/faults", { latency: 2000 }), { "aria-pressed": String(latency === 2) }),
      button("慢 8 秒", () => post("/faults", { latency: 8000 }), { "aria-pressed": String(latency === 8) }),
      button("断线", () => post("/faults", { down: !down }), { "aria-pressed": String(down) }),
      button("恢复正常", () => remove("/faults")),
    ]));
}

function box(title, words, buttons) {
  return h("section", { class: "switch" }, h("h3", {}, title), h("p", {}, words), h("div", { class: "buttons" }, ...buttons));
}

/** Put an entry on top of a pane, or in the place of the one with its number. */
function place(pane, element, number) {
  const old = pane.querySelector(`[data-number="${number}"]`);
  pane.querySelector(".none")?.remove();
  if (old) {
    element.open = old.open;
    old.replaceWith(element);
    return;
  }
  pane.prepend(element);
  while (pane.children.length > KEPT) pane.lastElementChild.remove();
}

/** Draw all deliveries and calls anew. */
export function drawAll(deliveries, calls) {
  fill(byId("deliveries"), h("p", { class: "none" }, "还没有消息投递给公众号。"));
  fill(byId("calls"), h("p", { class: "none" }, "公众号还没有调用接口。"));
  deliveries.forEach(drawDelivery);
  calls.forEach(drawCall);
}

/** Draw one delivery. */
export function drawDelivery(one) {
  const [label, tone] = OUTCOMES[one.outcome];
  const tries = one.tries.map((each) => pill(`第${each.number}次 ${each.milliseconds} ms · ${each.status || WORDS[each.outcome] || each.outcome}`, each.status === 200 ? "" : "bad"));
  const signed = one.query.msg_signature ? `msg_signature ${one.query.msg_signature}\n` : "";
  place(byId("deliveries"), h("details", { class: "entry", "data-number": one.number },
    h("summary", {}, h("span", { class: "no" }, `#${one.number}`), h("span", { class: "what" }, named(one.label)), h("span", { class: "when" }, second(new Date(one.at))),
      h("span", { class: "tries" }, pill(label, tone), one.reply ? pill(one.reply) : null, ...tries, pill(MODES[one.mode])),
      one.problem ? h("span", { class: "problem" }, one.problem) : null),
    h("div", { class: "inside" }, h("h4", {}, "签名"), h("pre", {}, `signature ${one.query.signature}\n${signed}timestamp ${one.query.timestamp}\nnonce ${one.query.nonce}`),
      h("h4", {}, "内容（解密后）"), h("pre", {}, one.plain),
      h("div", { class: "buttons" }, button("原样再投一次", () => again(one, "repeat")), button("伪造签名再投", () => again(one, "forge"))))), one.number);
}

async function again(one, how) {
  const answer = await post(`/deliveries/${one.number}/${how}`);
  toast(answer.status ? `回答 HTTP ${answer.status}，${answer.bytes} 字节` : `没有回答：${WORDS[answer.outcome] || answer.outcome}`);
}

/** Draw one API call. */
export function drawCall(one) {
  place(byId("calls"), h("details", { class: "entry", "data-number": one.number },
    h("summary", {}, h("span", { class: "no" }, `#${one.number}`), h("span", { class: "what" }, one.path), h("span", { class: "when" }, second(new Date(one.at))),
      h("span", { class: "tries" }, pill(one.errcode === 0 ? "成功" : String(one.errcode), one.errcode === 0 ? "good" : "bad"), pill(`${one.milliseconds} ms`)),
      one.errcode ? h("span", { class: "problem" }, one.errmsg) : null),
    h("div", { class: "inside" }, h("h4", {}, "请求内容"), h("pre", {}, one.body || "（无）"))), one.number);
}

const named = (label) => (KINDS[label] ? `${KINDS[label]} ${label}` : label);

function pill(text, tone = "") {
  return h("span", { class: `pill ${tone}`.trim() }, text);
}

/** Fetch what the inspector shows. */
export async function loadInspector() {
  const [deliveries, calls] = await Promise.all([get("/deliveries"), get("/calls")]);
  drawAll(deliveries, calls);
}
