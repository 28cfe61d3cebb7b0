// Times as WeChat writes them, in China's zone whatever the zone of the browser.

const ZONE = { timeZone: "Asia/Shanghai" };
const PARTS = new Intl.DateTimeFormat("zh-CN", {
  ...ZONE, year: "numeric", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit",
  weekday: "long", hourCycle: "h23",
});
const STAMP_GAP = 5 * 60 * 1000;
const DAY = 24 * 60 * 60 * 1000;
const WEEKDAYS = ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"];

let offset = 0;

/** Set the simulated time, from the server. */
export function setNow(iso) {
  offset = new Date(iso).getTime() - Date.now();
}

export const now = () => new Date(Date.now() + offset);

function parts(date) {
  return Object.fromEntries(PARTS.formatToParts(date).map((part) => [part.type, part.value]));
}

const dayNumber = (date) => Math.floor((date.getTime() + 8 * 60 * 60 * 1000) / DAY);

/** 14:05, 昨天 14:05, 星期三 14:05, or with the date. */
export function stamp(date) {
  const { year, month, day, hour, minute } = parts(date);
  const clock = `${hour}:${minute}`;
  const days = dayNumber(now()) - dayNumber(date);
  if (days === 0) return clock;
  if (days === 1) return `昨天 ${clock}`;
  if (days > 1 && days < 7) return `${WEEKDAYS[(dayNumber(date) + 4) % 7]} ${clock}`;
  return `${year}年${month}月${day}日 ${clock}`;
}

/** Whether a stamp stands before this one, given the one before it. */
export const needsStamp = (date, before) => !before || date - before > STAMP_GAP || date < before;

/** The clock's face: 2026年11月21日 星期六 14:05:09. */
export function face(date) {
  const { year, month, day, weekday, hour, minute, second } = parts(date);
  return { date: `${year}年${month}月${day}日 ${weekday}`, time: `${hour}:${minute}:${second}` };
}

export function second(date) {
  const { hour, minute, second: seconds } = parts(date);
  return `${hour}:${minute}:${seconds}`;
}
