// Typing narrows the list below at once; without a script the button beside the field searches all of it.
"use strict";

for (const field of document.querySelectorAll("[data-filter]")) {
  const list = document.getElementById(field.dataset.filter);
  const none = document.createElement("p");
  none.className = "soft";
  none.hidden = true;
  none.setAttribute("role", "status");
  none.textContent = `这几样里没有。点“${field.form.querySelector("button").textContent}”，在别处找。`;
  list?.append(none);
  field.addEventListener("input", () => {
    const parts = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const one of list?.querySelectorAll("label") ?? []) {
      const text = one.textContent.toLowerCase();
      one.hidden = !parts.every((part) => text.includes(part));
    }
    none.hidden = Boolean(list?.querySelector("label:not([hidden])"));
  });
}
