// Puts the chat into another site: a round button, and a frame with the chat when it is pressed.
//   <script src="https://crm.example/widget.js" data-token="…" data-language="en" async></script>
// The site's customer is shown by data-token (docs/channels/web.md says how to sign it), or by a function that fetches
// a fresh one: window.guanxiToken = async () => "…". Without either, the visitor is told how to be linked.
(() => {
  const script = document.currentScript;
  const host = new URL(script.src).origin;
  const language = (script.dataset.language || document.documentElement.lang || navigator.language).toLowerCase();
  const isChinese = language.startsWith("zh");
  const colour = /^#[0-9a-f]{6}$/i.test(script.dataset.colour || "") ? script.dataset.colour : "#0b7a75";
  const isLeft = script.dataset.side === "left";
  const label = script.dataset.label || (isChinese ? "在线客服" : "Chat with us");
  const closeLabel = isChinese ? "关闭" : "Close";
  const keep = "guanxi-widget-session";
  let frame = null;
  let given = false; // a session was given to this frame; asking again means that it is no longer good

  const style = (element, rules) => Object.assign(element.style, rules);

  async function freshSession() {
    const token = window.guanxiToken ? await window.guanxiToken() : script.dataset.token;
    const response = await fetch(`${host}/widget/session?lang=${isChinese ? "zh" : "en"}`, {
      method: "POST",
      credentials: "omit",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(token ? { token } : {}),
    });
    const body = await response.json();
    if (!response.ok) throw new Error(`${body.error.message} (${body.error.hint})`);
    return { session: body.session, token: token || "" };
  }

  async function session() {
    let stored = null;
    try {
      stored = JSON.parse(sessionStorage.getItem(keep));
    } catch { /* nothing kept */ }
    // Somebody else may have signed in to the site since.
    const isGood = stored && !given && !window.guanxiToken && stored.token === (script.dataset.token || "");
    const found = isGood ? stored : await freshSession();
    given = true;
    try {
      sessionStorage.setItem(keep, JSON.stringify(found));
    } catch { /* a visitor starts anew on the next page */ }
    return found.session;
  }

  window.addEventListener("message", async (event) => {
    if (event.origin !== host || event.source !== frame?.contentWindow || event.data?.guanxi !== "session") return;
    try {
      frame.contentWindow.postMessage({ guanxiSession: await session() }, host);
    } catch (error) {
      console.warn(`Guanxi widget: ${error.message}`);
    }
  });

  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("aria-label", label);
  button.setAttribute("aria-expanded", "false");
  button.title = label;
  style(button, {
    position: "fixed", bottom: "20px", [isLeft ? "left" : "right"]: "20px", zIndex: "2147483000",
    width: "58px", height: "58px", padding: "0", border: "0", borderRadius: "50%", background: colour,
    boxShadow: "0 8px 24px rgba(0,0,0,.22)", cursor: "pointer", color: "#fff",
    font: "400 28px/58px system-ui, sans-serif",
  });
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const shapes = {
    open: "M12 3C6.5 3 2 6.8 2 11.4c0 2.4 1.2 4.6 3.2 6.1L4.6 21l4-2.1c1.1.3 2.2.5 3.4.5 5.5 0 10-3.7 10-8.2S17.5 3 12 3z",
    close: "M6.4 5 5 6.4 10.6 12 5 17.6 6.4 19 12 13.4 17.6 19 19 17.6 13.4 12 19 6.4 17.6 5 12 10.6z",
  };
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("aria-hidden", "true");
  style(picture, { width: "28px", height: "28px", display: "block", margin: "15px" });
  path.setAttribute("fill", "currentColor");
  path.setAttribute("d", shapes.open);
  picture.append(path);
  button.append(picture);

  function open() {
    frame = document.createElement("iframe");
    frame.src = `${host}/widget/chat?lang=${isChinese ? "zh" : "en"}`;
    frame.title = label;
    const isPhone = window.innerWidth < 520;
    style(frame, {
      position: "fixed", zIndex: "2147482999", border: "0", background: "Canvas", colorScheme: "light dark",
      boxShadow: "0 16px 48px rgba(0,0,0,.24)",
      ...(isPhone
        ? { left: "0", top: "0", width: "100%", height: "calc(100% - 92px)", borderRadius: "0 0 18px 18px" }
        : { bottom: "92px", [isLeft ? "left" : "right"]: "20px", width: "390px", height: "min(640px, calc(100vh - 120px))",
            borderRadius: "18px" }),
    });
    document.body.append(frame);
  }

  function toggle(show) {
    if (show && !frame) open();
    if (frame) frame.style.display = show ? "block" : "none";
    button.setAttribute("aria-expanded", String(show));
    button.setAttribute("aria-label", show ? closeLabel : label);
    path.setAttribute("d", show ? shapes.close : shapes.open);
  }

  button.addEventListener("click", () => toggle(button.getAttribute("aria-expanded") !== "true"));
  const start = () => document.body.append(button);
  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start);
})();
