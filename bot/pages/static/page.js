// What a page can do more where the browser can: read aloud, copy a text. Without this file nothing is missing to read.

const reader = document.querySelector("[data-read-aloud]");
if (reader && "speechSynthesis" in window && "SpeechSynthesisUtterance" in window) setUpReading(reader);
for (const button of document.querySelectorAll("[data-copy]")) setUpCopying(button);

function setUpReading(button) {
  const voice = window.speechSynthesis;
  let waiting = [];
  button.hidden = false;
  button.addEventListener("click", () => (button.dataset.reading ? stop() : start()));
  window.addEventListener("pagehide", stop);

  function start() {
    // Sentence by sentence: some phones fall silent in the middle of a long text.
    waiting = sentences();
    button.dataset.reading = "yes";
    button.textContent = "■ 停下";
    voice.cancel();
    next();
  }

  function next() {
    const words = waiting.shift();
    if (!words) return stop();
    const said = new SpeechSynthesisUtterance(words);
    said.lang = "zh-CN";
    said.rate = 0.95;
    said.onend = () => button.dataset.reading && next();
    said.onerror = stop;
    voice.speak(said);
  }

  function stop() {
    waiting = [];
    voice.cancel();
    delete button.dataset.reading;
    button.textContent = "▶ 读给我听";
  }
}

function sentences() {
  // Written out: WeChat's older browsers know no :is().
  const parts = ["h1", "h2", "h3", "p", "li"].map((name) => `[data-read] ${name}`).join(", ");
  const texts = [...document.querySelectorAll(parts)]
    .filter((one) => one.offsetParent !== null && !one.parentElement.closest("li"))
    .map((one) => one.textContent.trim());
  return texts.flatMap((text) => text.match(/[^。！？]+[。！？”]*/g) || []).filter((text) => /[\p{L}\p{N}]/u.test(text));
}

function setUpCopying(button) {
  const source = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = source.innerText.trim();
    const done = await copied(text, source);
    button.textContent = done ? "✓ 复制好了，去微信里粘贴" : "请长按上面的文字复制";
  });
}

async function copied(text, source) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // WeChat's older browsers have no clipboard: select the text and let the browser copy the selection.
    const range = document.createRange();
    range.selectNodeContents(source);
    window.getSelection().removeAllRanges();
    window.getSelection().addRange(range);
    return document.execCommand("copy");
  }
}
