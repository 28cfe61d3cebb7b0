// While somebody writes: what the rules say, what the messages will look like, and a warning before leaving what is not saved.
"use strict";

const editor = document.getElementById("editor");
const remarks = document.getElementById("remarks");
const messages = document.getElementById("messages");
const PAUSE = 900;
let timer = 0;
let asked = 0;
let unsaved = false;

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  if (text) made.textContent = text;
  return made;
}

function remark(each) {
  const line = element("li", each.error ? "must" : "may");
  line.append(element("b", "", each.overlap ? "和别的课重了" : each.error ? "要改" : "提醒"), ` ${each.place ? `${each.place}：` : each.line ? `第 ${each.line} 行：` : ""}${each.message}`);
  return line;
}

function bubble(each) {
  const said = element("div", "said ours");
  const meta = element("p", "meta", `${each.to}　${each.number ? `第 ${each.number} 条　` : ""}${each.bytes} / ${each.limit} 字节`);
  said.append(element("p", "bubble", each.text), meta);
  return said;
}

// In a form of fields each remark also stands at its field; a closed part that holds a fault says so.
function place(found) {
  for (const at of document.querySelectorAll("[data-at]")) {
    const mine = found.filter((each) => each.field === at.dataset.at);
    at.replaceChildren(...mine.map((each) => element("span", each.error ? "must" : "may", each.message)));
  }
  for (const row of document.querySelectorAll("details.entry")) {
    row.classList.toggle("faulty", found.some((each) => each.error && `${each.field}.`.startsWith(`${row.id}.`)));
  }
}

function show(found) {
  place(found.remarks);
  // Our own server made it with every word escaped, and the page's policy runs no script that stands in it.
  if (found.seen !== undefined && document.getElementById("seen")) document.getElementById("seen").innerHTML = found.seen;
  remarks.replaceChildren(...found.remarks.map(remark));
  if (!found.remarks.length) remarks.append(element("li", "fine", "没有发现要改的地方。"));
  if (messages && found.messages.length) messages.replaceChildren(...found.messages.map(bubble));
}

async function look() {
  const number = ++asked;
  const headers = { "X-CSRF-Token": document.body.dataset.csrf };
  const body = new URLSearchParams(new FormData(editor));
  const answer = await fetch(editor.dataset.look, { method: "POST", body, headers }).catch(() => null);
  const found = await answer?.json().catch(() => null);
  // A slow answer about an older text must not cover a newer one.
  if (number !== asked) return;
  if (found?.remarks) show(found);
  else remarks.replaceChildren(element("li", "may", found?.error || "现在检查不了，可以照样写、照样保存。"));
}

async function send(event) {
  const [file] = event.target.files;
  const said = document.getElementById("picture-said");
  if (!file) return;
  const body = new FormData();
  body.append("picture", file);
  said.textContent = "正在放……";
  const answer = await fetch(editor.dataset.pictures, { method: "POST", body, headers: { "X-CSRF-Token": document.body.dataset.csrf } }).catch(() => null);
  const found = await answer?.json().catch(() => null);
  event.target.value = "";
  said.textContent = found?.line ? "放到正文里了，请把“这里写图上是什么”改成一句话。" : found?.error || "没有放成，请再试一次。";
  if (!found?.line) return;
  const area = document.getElementById("body");
  area.setRangeText(`\n\n${found.line}\n\n`, area.selectionEnd, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

if (editor) {
  unsaved = "unsaved" in editor.dataset;
  // On the document: some fields of the form stand beside it.
  document.addEventListener("input", (event) => {
    if (event.target.form !== editor) return;
    unsaved ||= !event.target.name.startsWith("example.");
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  editor.addEventListener("submit", (event) => {
    if (!event.submitter?.formTarget) unsaved = false;
    // Empty it is no place to stop at with the Tab key.
    else document.querySelector(`iframe[name="${event.submitter.formTarget}"]`)?.removeAttribute("tabindex");
  });
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
  document.getElementById("picture")?.addEventListener("change", send);
  // For those without a script; with one the form is looked at all the time.
  document.getElementById("try")?.remove();
  look();
}
