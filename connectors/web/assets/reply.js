// Draws replies with elements and text only, never with markup from outside: the same elements as templates/reply.html.

/** An element with attributes, holding further elements and texts; null children are left out. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** A word of the page's language with its slots filled. */
export const fill = (text, slots) => text.replace(/\{(\w+)\}/g, (_, name) => slots[name] ?? "");

const isChoice = (button) => /^[0-9]+$/.test(button.typed);
const hidden = (text) => make("span", { class: "hidden" }, text);

/** The address if a click on it can only open a page: http, https, or a path of our own. */
export function safeUrl(url) {
  if (!url) return null;
  if (/^\/(?![/\\])/.test(url)) return url;
  return /^https?:\/\//i.test(url) ? url : null;
}

function linked(text, url) {
  const safe = safeUrl(url);
  return safe
    ? make("a", { href: safe, target: "_blank", rel: "noopener noreferrer" }, text)
    : make("span", {}, text);
}

function facts(list, isChange, words) {
  const none = words["reply.none"];
  return make("dl", { class: "facts" }, ...list.map((fact) => {
    const value = make("dd");
    if (isChange || fact.before !== null) {
      value.append(hidden(words["chat.was"]), make("del", { class: fact.before ? null : "none" }, fact.before || none),
        make("span", { class: "arrow", "aria-hidden": "true" }, "→"), hidden(words["chat.now"]));
    }
    value.append(make("ins", { class: fact.value ? null : "none" }, fact.value || none));
    return make("div", {}, make("dt", {}, fact.label), value);
  }));
}

function receipt(item, words) {
  const title = make("h3", {}, make("span", { class: "op" }, words[`reply.${item.op}`]), linked(item.title, item.link));
  const changed = item.facts.length ? facts(item.facts, item.op === "update", words) : null;
  return make("section", { class: `receipt ${item.op}` }, title, changed);
}

function table(it, words) {
  const head = it.columns.map((column) => make("th", { scope: "col", class: column.align }, column.label));
  const rows = it.rows.map((row) =>
    make("tr", {}, ...row.map((cell, i) => make("td", { class: it.columns[i].align }, cell))));
  const scroll = make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": words["chat.table"] },
    make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows)));
  const isCut = it.total !== null && it.total > it.rows.length;
  const note = isCut ? fill(words["reply.total"], { shown: it.rows.length, total: it.total }) : null;
  return make("figure", { class: "table" }, scroll, note ? make("figcaption", {}, note) : null);
}

function sources(citations, words) {
  return make("ol", { class: "sources", "aria-label": words["reply.sources"] }, ...citations.map((citation) =>
    make("li", {}, linked(citation.section ? `${citation.title} › ${citation.section}` : citation.title, citation.url))));
}

function presses(buttons) {
  return make("div", { class: "presses" }, ...buttons.map((button) => {
    const kind = `press ${button.style}${isChoice(button) ? " choice" : ""}`;
    return make("button", { type: "submit", form: "composer", name: "press", value: button.id, class: kind },
      isChoice(button) ? make("span", { class: "number" }, button.typed) : null,
      make("span", { class: "label" }, button.label));
  }));
}

/** One reply of the assistant. */
export function drawReply(delivery, hour, words) {
  const it = delivery.reply;
  const parts = [
    it.text ? make("p", { class: "text", dir: "auto" }, it.text) : null,
    ...it.receipt.map((item) => receipt(item, words)),
    it.facts.length ? facts(it.facts, false, words) : null,
    it.table?.rows.length ? table(it.table, words) : null,
    it.citations.length ? sources(it.citations, words) : null,
    it.buttons.length ? presses(it.buttons) : null,
  ];
  return make("article", { class: "turn bot", "data-id": delivery.id, "data-answers": delivery.message }, hidden(words["chat.assistant"]),
    make("div", { class: "reply", lang: it.language }, ...parts), make("time", {}, hour));
}

/** What the person said. */
export function drawMine(text, words, message) {
  return make("article", { class: "turn me", "data-message": message }, hidden(words["chat.you"]),
    make("p", { class: "bubble", dir: "auto" }, text));
}

/** The line between two days. */
export function drawDay(label, date) {
  return make("h2", { class: "day", "data-date": date }, make("span", {}, label));
}

/** Days and hours in the company's time zone, said as days.py says them. */
export class Calendar {
  constructor(zone, words) {
    this.words = words;
    this.hours = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
    this.days = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
  }

  hour(at) {
    return this.hours.format(new Date(at));
  }

  /** As 2026-03-11. */
  date(at) {
    return this.days.format(new Date(at));
  }

  label(date, today = this.date(Date.now())) {
    const day = new Date(`${date}T00:00:00Z`);
    const ago = Math.round((new Date(`${today}T00:00:00Z`) - day) / 86400000);
    if (ago === 0) return this.words["chat.today"];
    if (ago === 1) return this.words["chat.yesterday"];
    const isThisYear = date.slice(0, 4) === today.slice(0, 4);
    return fill(this.words[isThisYear ? "chat.day" : "chat.day_of_year"], {
      day: day.getUTCDate(),
      month: this.words["chat.months"].split(" ")[day.getUTCMonth()],
      weekday: this.words["chat.weekdays"].split(" ")[(day.getUTCDay() + 6) % 7],
      year: day.getUTCFullYear(),
    });
  }
}
