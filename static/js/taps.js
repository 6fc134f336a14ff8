// Saves a form of a profile at every tap, and shows only what that changed: what is typed elsewhere on the page stays.
// Without script each form has a button; without a connection a form waits for one.
{
  const saved = document.getElementById("saved");
  const waiting = new Set(); // forms that are to be sent; of a form the newest state
  let sending = false;

  const tell = (what) => {
    saved.classList.add("is-late");
    saved.textContent = saved.dataset[what];
  };

  // everything in it has an answer
  const isWhole = (form) => {
    const radios = [...form.querySelectorAll("input[type=radio]")];
    const names = new Set(radios.map((radio) => radio.name));
    const chosen = [...names].every((name) => radios.some((radio) => radio.name === name && radio.checked));
    return chosen && [...form.querySelectorAll("select")].every((select) => select.value);
  };

  // what script may tell anew: the finding, the answers of folds, what follows from a number
  const showAnew = (page) => {
    saved.classList.remove("is-late");
    for (const shown of document.querySelectorAll("[data-live]")) {
      const fresh = page.getElementById(shown.id);
      if (fresh && fresh.innerHTML !== shown.innerHTML) shown.innerHTML = fresh.innerHTML;
    }
  };

  const foldOf = (form) => form.closest(".fold:not(.slim)");

  const isBegun = ({ checked, defaultChecked, value, defaultValue, options }) => {
    if (options) return value !== ([...options].find((one) => one.defaultSelected) ?? options[0])?.value;
    return defaultValue !== undefined && (checked !== defaultChecked || value !== defaultValue);
  };

  // beside the form that was sent stay those in which something was begun
  const keepBegun = (old, fresh, sent) => {
    for (const form of old.querySelectorAll("form[data-taps][id]")) {
      if (form !== sent && [...form.elements].some(isBegun)) {
        fresh.querySelector(`#${CSS.escape(form.id)}`)?.replaceWith(form);
      }
    }
  };

  const replaceFold = (page, old, sent) => {
    const fresh = page.getElementById(old.id);
    if (!fresh) return null;
    keepBegun(old, fresh, sent);
    for (const opened of old.querySelectorAll("details[open][id]")) {
      const same = fresh.querySelector(`#${CSS.escape(opened.id)}`);
      if (same && !(same.id === "add" && opened.contains(sent))) same.open = true;
    }
    fresh.open = true;
    old.replaceWith(fresh);
    prepare(fresh);
    fresh.dispatchEvent(new Event("taps:shown", { bubbles: true }));
    return fresh;
  };

  const showToasts = (page) => {
    document.querySelector(".toast-bars")?.remove();
    const fresh = page.querySelector(".toast-bars");
    if (fresh) document.getElementById("main").append(fresh);
  };

  const show = (page, form, wrong, by) => {
    const fold = foldOf(form);
    if (wrong || by) {
      const fresh = replaceFold(page, fold, form);
      if (wrong) fresh?.querySelector("[data-mistakes]")?.focus();
      else fresh?.querySelector("summary").focus();
    }
    if (!wrong) showAnew(page);
    if (by || page.querySelector(".toast-bars")) showToasts(page);
  };

  async function send(form, by) {
    const body = new FormData(form, by);
    const headers = { "HX-Request": "true", "HX-Trigger": by ? "button" : "tap" };
    const action = form.getAttribute("action");
    const reply = await fetch(action, { method: "POST", body, headers, redirect: "manual" });
    if (reply.type === "opaqueredirect") {
      delete form.dataset.taps; // signed out meanwhile: it goes as a form does, which comes back here filled in
      form.requestSubmit(by);
      return;
    }
    if (reply.status !== 200 && reply.status !== 422) {
      tell("lost");
      return;
    }
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    if (reply.status === 422 && !page.querySelector("[data-mistakes]")) tell("lost");
    else show(page, form, reply.status === 422, by);
  }

  async function sendAll() {
    if (sending) return;
    sending = true;
    try {
      let form; // also one that is tapped while an earlier one is on its way
      while (([form] = waiting) && form) {
        waiting.delete(form);
        try {
          await send(form, null);
        } catch (failure) {
          waiting.add(form);
          throw failure;
        }
      }
    } catch {
      tell("waits");
    }
    sending = false;
  }

  function prepare(root) {
    for (const button of root.querySelectorAll("[data-saves-all]")) button.hidden = true;
  }

  document.addEventListener("change", ({ target }) => {
    const form = target.form;
    const { taps } = form?.dataset ?? {};
    if (!taps || taps === "button" || (taps === "whole" && !isWhole(form))) return;
    waiting.add(form);
    sendAll();
  });
  document.addEventListener("submit", async (event) => {
    if (!event.target.matches("[data-taps]")) return;
    event.preventDefault();
    try {
      await send(event.target, event.submitter ?? null);
    } catch {
      tell("waits");
    }
  });
  addEventListener("online", sendAll);
  prepare(document);
}
