// What a reader would stumble over on the page that is open; an empty list when there is nothing.
() => {
  const wrong = [];
  const visible = (one) => one.offsetParent !== null && getComputedStyle(one).visibility !== "hidden" && one.getClientRects().length > 0;
  const name = (one) => `${one.tagName.toLowerCase()}.${one.className} "${(one.textContent || one.alt || "").trim().slice(0, 20)}"`;

  if (document.documentElement.scrollWidth > window.innerWidth) wrong.push(`scrolls sideways: ${document.documentElement.scrollWidth}`);
  for (const one of document.querySelectorAll("body *")) {
    const box = one.getBoundingClientRect();
    if (visible(one) && !one.matches(".skip") && box.width > 0 && (box.right > window.innerWidth + 1 || box.left < -1)) wrong.push(`sticks out: ${name(one)}`);
  }

  let level = 0;
  for (const one of document.querySelectorAll("h1, h2, h3, h4")) {
    const next = Number(one.tagName[1]);
    if (next > level + 1) wrong.push(`heading out of order: ${name(one)}`);
    level = next;
  }
  if (document.querySelectorAll("h1").length !== 1) wrong.push("not one h1");
  if (document.documentElement.lang !== "zh-CN") wrong.push("no language");
  if (!document.querySelector("main")) wrong.push("no main");
  for (const one of document.querySelectorAll("img")) {
    if (!one.hasAttribute("alt")) wrong.push(`no alt: ${one.src}`);
    if (visible(one) && one.complete && !one.naturalWidth) wrong.push(`no picture: ${one.src}`);
  }
  for (const one of document.querySelectorAll("input:not([type=hidden]), select")) {
    if (!one.labels.length && !one.getAttribute("aria-label")) wrong.push(`no label: ${one.name}`);
  }

  for (const one of document.querySelectorAll("a, button, summary, select, input:not([type=hidden]), label.option")) {
    if (!visible(one) || one.matches("p a, li > a:not(.list a, .help a, .tile), .skip, .option input, .small li a")) continue;
    const box = one.getBoundingClientRect();
    if (box.height < 43.5 || box.width < 43.5) wrong.push(`small to tap (${Math.round(box.width)}×${Math.round(box.height)}): ${name(one)}`);
  }

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || seen.has(one) || !visible(one) || one.matches("script, style, option, .skip")) continue;
    seen.add(one);
    const style = getComputedStyle(one);
    const size = parseFloat(style.fontSize);
    if (size < 17) wrong.push(`small type (${size}px): ${name(one)}`);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ratio = contrast(rgb(style.color), ground(one));
    if (ratio < (large ? 3 : 4.5)) wrong.push(`contrast ${ratio.toFixed(2)}: ${name(one)}`);
  }
  return wrong;

  function rgb(text) {
    const [red, green, blue, alpha = 1] = text.match(/[\d.]+/g).map(Number);
    return { red, green, blue, alpha };
  }

  function ground(one) {
    for (let at = one; at; at = at.parentElement) {
      const color = rgb(getComputedStyle(at).backgroundColor);
      if (color.alpha === 1) return color;
    }
    return { red: 255, green: 255, blue: 255 };
  }

  function light({ red, green, blue }) {
    const part = (value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
  }

  function contrast(one, other) {
    const [darker, brighter] = [light(one), light(other)].sort((a, b) => a - b);
    return (brighter + 0.05) / (darker + 0.05);
  }
}
