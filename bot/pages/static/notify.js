// The button by which a parent allows one notification. Outside of WeChat's browser, and when anything fails, a sentence stays.

const place = document.querySelector("[data-notify]");
const told = document.querySelector("[data-told]");
const OLD = "这个微信版本太旧，按钮出不来。升级微信以后再来，或者在聊天里问，一样的。";
if (place && /MicroMessenger/i.test(navigator.userAgent)) setUp(place.dataset.config).catch(() => say("按钮没出来。过一会儿再打开试试。"));

async function setUp(address) {
  const page = location.href.split("#")[0];
  const answer = await fetch(`${address}?url=${encodeURIComponent(page)}`);
  const signed = await answer.json();
  if (!signed.signature) throw new Error("not signed");

  await loaded("https://res.wx.qq.com/open/js/jweixin-1.6.0.js");
  document.addEventListener("WeixinOpenTagsError", () => say(OLD));
  // WeChat refuses an empty list of interfaces even when only the tag is wanted.
  window.wx.config({ debug: false, ...signed, jsApiList: ["updateAppMessageShareData"], openTagList: ["wx-open-subscribe"] });
  const button = document.querySelector("wx-open-subscribe");
  button.addEventListener("success", (event) => say(allowed(event.detail) ? "好了，到日子叫您一声。想多收几回，再按一次。" : "没有允许，也没关系。想收了再来按。"));
  button.addEventListener("error", () => say("没按成。过一会儿再试试。"));
  window.wx.ready(() => {
    place.hidden = false;
    say("");
  });
}

function allowed(detail) {
  // {"<template>": "{\"status\":\"accept\"}"}, as text within text.
  return /\\?"status\\?"\s*:\s*\\?"accept\\?"/.test(String((detail || {}).subscribeDetails || ""));
}

function say(words) {
  told.textContent = words;
}

function loaded(source) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    Object.assign(script, { src: source, onload: resolve, onerror: reject });
    document.head.append(script);
  });
}
