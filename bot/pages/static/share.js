// In WeChat's own browser: title, summary and picture in the share sheet. Elsewhere, and when anything fails, nothing happens.

const place = document.querySelector("meta[name=wechat-share]");
if (place && /MicroMessenger/i.test(navigator.userAgent)) setUp(place.content).catch(() => {});

async function setUp(address) {
  const page = location.href.split("#")[0];
  const answer = await fetch(`${address}?url=${encodeURIComponent(page)}`);
  const signed = await answer.json();
  if (!signed.signature) return;

  await loaded("https://res.wx.qq.com/open/js/jweixin-1.6.0.js");
  const names = ["updateAppMessageShareData", "updateTimelineShareData"];
  window.wx.config({ debug: false, ...signed, jsApiList: names });
  window.wx.ready(() => {
    const said = (name) => document.querySelector(`meta[property="og:${name}"]`).content;
    const shown = { title: said("title"), desc: said("description"), link: said("url"), imgUrl: said("image") };
    for (const name of names) window.wx[name](shown);
  });
}

function loaded(source) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    Object.assign(script, { src: source, onload: resolve, onerror: reject });
    document.head.append(script);
  });
}
