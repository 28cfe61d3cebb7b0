// One dialog for everything that asks before it sends.

import { byId, fill, h } from "./dom.js";

let settle = () => {};

/** Ask with `fields` (elements with names); resolves to their values as an object, or null when cancelled. */
export function askWith(title, ok, ...fields) {
  const dialog = byId("sheet");
  byId("sheet-title").textContent = title;
  byId("sheet-ok").textContent = ok;
  fill(byId("sheet-body"), ...fields);
  dialog.showModal();
  byId("sheet-body").querySelector("textarea, input")?.focus();
  return new Promise((resolve) => { settle = resolve; });
}

export const field = (label, input) => h("label", {}, label, input);
export const check = (label, name, checked) => h("label", { class: "check" }, h("input", { type: "checkbox", name, checked }), label);

/** Wire the dialog once. */
export function wireSheet() {
  const dialog = byId("sheet");
  const form = byId("sheet-form");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(form));
    close(values);
  });
  byId("sheet-cancel").addEventListener("click", () => close(null));
  dialog.addEventListener("cancel", () => settle(null));
  dialog.addEventListener("click", (event) => { if (event.target === dialog) close(null); });

  function close(values) {
    dialog.close();
    settle(values);
  }
}
