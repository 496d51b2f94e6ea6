// The connection: one stream of replies that goes on after the last, and messages that are sent until they are taken.

const SILENCE = 40000; // ms without a byte, after which the connection is taken for dead (a heartbeat comes each 15 s)
const LONGEST_PAUSE = 20000;

/** Somebody who is not, or no longer, signed in. */
export class SignedOut extends Error {}

/** A message that was refused; sending it again changes nothing. */
export class Refused extends Error {}

const sleep = (ms, signal) => new Promise((resolve) => {
  const timer = setTimeout(resolve, ms);
  signal?.addEventListener("abort", () => { clearTimeout(timer); resolve(); }, { once: true });
});

/** Pauses that double, with some chance in them so that not all come back at once. */
const pause = (attempt) => Math.min(LONGEST_PAUSE, 500 * 2 ** attempt) * (0.7 + Math.random() * 0.6);

export class Wire {
  /** `credentials()` gives the headers that show who we are; `on` holds reply, said, up, down and signedOut. */
  constructor(thread, credentials, on, last) {
    this.thread = thread;
    this.credentials = credentials;
    this.on = on;
    this.last = last;
    this.attempt = 0;
    this.stopper = null;
    document.addEventListener("visibilitychange", () => (document.hidden ? this.rest() : this.wake()));
    window.addEventListener("online", () => { this.rest(); this.wake(); });
    window.addEventListener("offline", () => this.on.down());
  }

  /** Listen, unless we do. */
  wake() {
    if (!this.stopper) this.#listen();
  }

  /** A window that nobody sees gives its connection back: browsers allow six to one host. */
  rest() {
    this.stopper?.abort();
    this.stopper = null;
  }

  async #listen() {
    const stopper = new AbortController();
    this.stopper = stopper;
    while (!stopper.signal.aborted) {
      try {
        await this.#read(stopper.signal);
      } catch (error) {
        if (error instanceof SignedOut) {
          this.stopper = null;
          return this.on.signedOut();
        }
      }
      if (stopper.signal.aborted) return undefined;
      this.on.down();
      await sleep(pause(this.attempt++), stopper.signal);
    }
    return undefined;
  }

  async #read(signal) {
    const headers = { Accept: "text/event-stream", ...(await this.credentials()) };
    if (this.last !== null) headers["Last-Event-ID"] = String(this.last);
    const dead = new AbortController();
    const end = () => dead.abort();
    signal.addEventListener("abort", end, { once: true });
    let watch = setTimeout(end, SILENCE);
    try {
      const response = await fetch(`/chat/stream?c=${this.thread}`, { headers, signal: dead.signal, cache: "no-store" });
      if (response.status === 401 || response.status === 403) throw new SignedOut();
      if (!response.ok) throw new Error(`stream: ${response.status}`);
      this.attempt = 0;
      this.on.up();
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        clearTimeout(watch);
        watch = setTimeout(end, SILENCE);
        const blocks = (rest + value).split("\n\n");
        rest = blocks.pop();
        blocks.forEach((block) => this.#take(block));
      }
    } finally {
      clearTimeout(watch);
      signal.removeEventListener("abort", end);
    }
  }

  #take(block) {
    const fields = Object.fromEntries(block.split("\n").filter((line) => !line.startsWith(":")).map((line) => {
      const at = line.indexOf(": ");
      return [line.slice(0, at), line.slice(at + 2)];
    }));
    if (fields.event === "reply" && !(Number(fields.id) <= (this.last ?? 0))) {
      this.last = Number(fields.id);
      this.on.reply(JSON.parse(fields.data));
    } else if (fields.event === "said") {
      this.on.said(JSON.parse(fields.data));
    }
  }

  /** Send until it is taken: the message's id makes a second arrival the same message. */
  async send(message) {
    for (let attempt = 0; ; attempt += 1) {
      let response = null;
      try {
        response = await fetch("/chat/messages", {
          method: "POST",
          headers: { "Content-Type": "application/json", Accept: "application/json", ...(await this.credentials()) },
          body: JSON.stringify({ ...message, thread: this.thread }),
        });
      } catch (error) {
        if (error instanceof SignedOut) throw error;
        this.on.down();
      }
      if (response?.ok) return;
      if (response?.status === 401) throw new SignedOut();
      if (response && response.status < 500 && response.status !== 429) {
        const body = await response.json().catch(() => null);
        throw new Refused(body?.error?.code ?? "bad_request");
      }
      const wanted = Number(response?.headers.get("Retry-After") ?? 0) * 1000;
      await sleep(Math.max(wanted, pause(attempt)));
    }
  }
}
