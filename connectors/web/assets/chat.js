// The chat page: shows what comes, sends what is said. Without it the page works as a plain form.

import { Calendar, drawDay, drawMine, drawReply, fill, make } from "./reply.js";
import { SignedOut, Wire } from "./wire.js";

const log = document.getElementById("log");
const scroller = document.getElementById("scroller");
const composer = document.getElementById("composer");
const text = document.getElementById("text");
const notice = document.getElementById("notice");
const newer = document.getElementById("newer");
const words = JSON.parse(log.dataset.words);
const calendar = new Calendar(log.dataset.zone, words);
const isWidget = log.dataset.widget === "yes";
const keep = `guanxi:${log.dataset.login ?? "widget"}:${log.dataset.thread}`;
const waiting = new Map(); // id of a message → { message, words, element }
const drawn = new Set(); // ids of messages whose words are on the page
let slowTimer = 0;
let noticeTimer = 0;
let isDown = false;

let session = null;
let sessionComes = null;

/** In a frame, the site around us gives the session; only the sites that our own page lists are listened to. */
function askForSession() {
  sessionComes ??= new Promise((resolve) => {
    const origins = JSON.parse(log.dataset.origins);
    window.addEventListener("message", function take(event) {
      const given = event.data?.guanxiSession;
      if (event.source !== window.parent || !origins.includes(event.origin) || typeof given !== "string") return;
      window.removeEventListener("message", take);
      session = given;
      sessionComes = null;
      resolve();
    });
    window.parent.postMessage({ guanxi: "session" }, "*");
  });
  return sessionComes;
}

async function credentials() {
  if (!isWidget) return { "X-Form-Token": composer.elements.form_token.value };
  if (!session) await askForSession();
  return { Authorization: `Bearer ${session}` };
}

const isAtEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 120;

function toEnd() {
  scroller.scrollTop = scroller.scrollHeight;
  newer.parentElement.hidden = true;
}

function add(element, isOwn = false) {
  const follow = isOwn || isAtEnd();
  document.getElementById("hello")?.remove();
  element.classList.add("fresh");
  log.insertBefore(element, document.getElementById("typing"));
  if (follow) toEnd();
  else newer.parentElement.hidden = false;
}

function addDay(at) {
  const date = calendar.date(at);
  const days = log.querySelectorAll(".day");
  if (days.length === 0 || days[days.length - 1].dataset.date !== date) add(drawDay(calendar.label(date), date));
}

function showReply(delivery) {
  const mine = waiting.get(delivery.message);
  if (mine) {
    mine.element.classList.remove("sending");
    waiting.delete(delivery.message);
    store();
  } else if (delivery.said && !drawn.has(delivery.message)) {
    addDay(delivery.at);
    add(drawMine(delivery.said, words, delivery.message));
  }
  drawn.add(delivery.message);
  addDay(delivery.at);
  add(drawReply(delivery, calendar.hour(delivery.at), words));
  showTyping();
}

/** Words from another window of the same person. */
function showSaid({ message, said }) {
  if (drawn.has(message)) return;
  drawn.add(message);
  addDay(Date.now());
  add(drawMine(said, words, message));
}

function showTyping() {
  clearTimeout(slowTimer);
  const isBusy = [...waiting.values()].some((one) => !one.element.classList.contains("failed"));
  const typing = document.getElementById("typing");
  if (!isBusy) return typing?.remove();
  if (!typing) {
    const dots = make("span", { class: "dots", "aria-hidden": "true" }, make("i"), make("i"), make("i"));
    log.append(make("p", { id: "typing" }, make("span", { class: "hidden" }, words["chat.typing"]), dots));
    if (isAtEnd()) toEnd();
  }
  slowTimer = setTimeout(() => {
    const dots = document.getElementById("typing");
    if (dots && !dots.querySelector(".slow")) dots.append(make("span", { class: "slow" }, words["chat.slow"]));
  }, 8000);
  return undefined;
}

/** A line above the input; `after` ms, so that a short break is not told at all. */
function tell(message, after = 0, link = null) {
  clearTimeout(noticeTimer);
  if (!message) {
    notice.hidden = true;
    return;
  }
  noticeTimer = setTimeout(() => {
    notice.replaceChildren(message, ...(link ? [" ", link] : []));
    notice.hidden = false;
  }, after);
}

const signedOut = () => {
  if (isWidget) {
    session = null;
    return wire.wake();
  }
  return tell(words["chat.signed_out"], 0, make("a", { href: "/" }, words["chat.sign_in_again"]));
};

const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("");

/** What is not answered yet outlives a reload of this window. */
function store() {
  try {
    sessionStorage.setItem(keep, JSON.stringify([...waiting.values()].map(({ message, words: said }) => [message, said])));
  } catch { /* a browser that keeps nothing still chats */ }
}

function say(message, said, element = null) {
  const shown = element ?? drawMine(said, words, message.id);
  shown.classList.add("sending");
  if (!element) {
    addDay(Date.now());
    add(shown, true);
  }
  drawn.add(message.id);
  waiting.set(message.id, { message, words: said, element: shown });
  store();
  showTyping();
  deliver(message, said, shown);
}

async function deliver(message, said, element) {
  try {
    await wire.send(message);
    element.classList.remove("sending");
  } catch (error) {
    if (error instanceof SignedOut) {
      if (!isWidget) return signedOut();
      session = null;
      return deliver(message, said, element);
    }
    showFailed(message, said, element, error.message);
  }
  return undefined;
}

function showFailed(message, said, element, code) {
  element.classList.replace("sending", "failed");
  const reason = words[`problem.${code}`] ?? words["problem.bad_request"];
  const edit = make("button", { type: "button", class: "press default" }, words["chat.edit"]);
  edit.addEventListener("click", () => {
    waiting.delete(message.id);
    store();
    element.remove();
    if (!message.press) text.value = said;
    grow();
    text.focus();
  });
  element.append(make("p", { class: "problem", role: "alert" }, fill(words["chat.failed"], { reason }), " ", edit));
  showTyping();
  toEnd();
}

/** Gives whether it was said; what is too long stays where it is. */
function sayText(said) {
  const most = Number(log.dataset.most);
  if (new TextEncoder().encode(said).length > most) {
    tell(fill(words["chat.too_long"], { limit: Math.floor(most / 1000) }));
    return false;
  }
  if (!isDown) tell("");
  say({ id: newId(), text: said }, said);
  return true;
}

composer.addEventListener("submit", (submitted) => {
  submitted.preventDefault();
  const button = submitted.submitter;
  if (button?.name === "press") {
    const label = button.querySelector(".label").textContent;
    say({ id: newId(), press: button.value, label }, label);
  } else if (button?.name === "suggestion") {
    sayText(button.value);
  } else if (text.value.trim()) {
    if (sayText(text.value.trim())) text.value = "";
    grow();
  }
  if (button?.name !== "press") text.focus();
});

text.addEventListener("keydown", (key) => {
  // While an input method composes, Enter picks a word; Safari says so by key code 229 alone.
  if (key.key !== "Enter" || key.shiftKey || key.isComposing || key.keyCode === 229) return;
  key.preventDefault();
  composer.requestSubmit();
});

function grow() {
  text.rows = 1;
  while (text.scrollHeight > text.clientHeight + 2 && text.rows < 7) text.rows += 1;
}

text.addEventListener("input", grow);
newer.addEventListener("click", toEnd);
scroller.addEventListener("scroll", () => { if (isAtEnd()) newer.parentElement.hidden = true; }, { passive: true });
new ResizeObserver(() => { if (newer.parentElement.hidden) toEnd(); }).observe(scroller);

const wire = new Wire(log.dataset.thread, credentials, {
  reply: showReply,
  said: showSaid,
  up: () => { if (isDown) tell(""); isDown = false; },
  down: () => { if (!isDown) tell(words["chat.offline"], navigator.onLine ? 1500 : 0); isDown = true; },
  signedOut,
}, log.dataset.last ? Number(log.dataset.last) : null);

function sayStoredAgain() {
  let stored = [];
  try {
    stored = JSON.parse(sessionStorage.getItem(keep) ?? "[]");
  } catch { /* as above */ }
  log.querySelectorAll("[data-message]").forEach((element) => drawn.add(element.dataset.message));
  for (const [message, said] of stored) {
    const isAnswered = log.querySelector(`[data-answers="${CSS.escape(message.id)}"]`);
    if (!isAnswered) say(message, said, log.querySelector(`[data-message="${CSS.escape(message.id)}"]`));
  }
  if (waiting.size === 0) store();
}

document.documentElement.classList.add("js");
sayStoredAgain();
toEnd();
wire.wake();
if (matchMedia("(hover: hover)").matches) text.focus();
