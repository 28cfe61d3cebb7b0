// Typing narrows the list below at once; without a script the button beside the field searches all of it.
"use strict";

for (const field of document.querySelectorAll("[data-filter]")) {
  const list = document.getElementById(field.dataset.filter);
  field.addEventListener("input", () => {
    const parts = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const one of list?.querySelectorAll("label") ?? []) {
      const text = one.textContent.toLowerCase();
      one.hidden = !parts.every((part) => text.includes(part));
    }
  });
}
