// Elements are built, never parsed: text only ever becomes a text node, so nothing a message holds can become markup.

const SVG = "http://www.w3.org/2000/svg";

/** Make an element: h("button", {class: "tap", onclick: f}, "text", child). Listeners begin with "on". */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** One of the symbols in the page's own sprite. */
export function icon(name, className = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("aria-hidden", "true");
  if (className) svg.setAttribute("class", className);
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#${name}`);
  svg.append(use);
  return svg;
}

/** The avatar of the account, or of a parent in the colour that its openid gives. */
export function avatar(openid) {
  if (!openid) return icon("a-account", "avatar");
  const sum = [...openid].reduce((total, letter) => total + letter.codePointAt(0), 0);
  return icon("a-parent", `avatar tint-${sum % 6}`);
}

export const byId = (id) => document.getElementById(id);

/** Replace all children. */
export function fill(element, ...children) {
  element.replaceChildren(...children);
}
