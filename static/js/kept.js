// Keeps what was typed when a form is sent, until the answer shows that it arrived; after signing in again (by all steps
// of that), confirming that it is oneself, in another language or one page back it stands there again. Never passwords, never on a page of codes, in this tab alone. Who
// signs out leaves nothing behind here, nor of a check-in.
{
  const KEPT = "unsent";
  const UNSENT = "#unsent";
  const LEAVING = "leaving";
  const FORMS = "form[method=post]:not([data-unkept], [data-saves], :has([type=password], [data-secret]))";
  const LEAVES = "form[action$='/sign-out'], form[action$='/end-all']";
  const TYPED = "textarea, select, input:not([type=hidden], [type=password], [type=file], [data-secret])";
  const { reader, said } = document.currentScript.dataset;
  const page = document.querySelector("input[name=from_page]")?.value ?? "";
  const ticks = (control) => control.type === "checkbox" || control.type === "radio";
  const state = (control) => (ticks(control) ? control.checked : control.value);

  const asShown = (control) => {
    if (ticks(control)) return control.defaultChecked;
    if (control.tagName !== "SELECT") return control.defaultValue;
    const options = [...control.options];
    return (options.find((option) => option.defaultSelected) ?? options[0])?.value;
  };

  // every control by where its form goes, its name, and what tells it from others of that name
  const controls = () => {
    const found = new Map();
    for (const form of document.querySelectorAll(FORMS)) {
      for (const control of form.elements) {
        if (!control.name || !control.matches(TYPED)) continue;
        const name = [form.getAttribute("action"), control.name, ticks(control) ? control.value : ""].join("\n");
        let key = name;
        for (let number = 2; found.has(key); number++) key = `${name}\n${number}`;
        found.set(key, control);
      }
    }
    return found;
  };

  const keep = () => {
    const refused = document.querySelector("[data-mistakes]"); // then what was typed is what is shown
    const typed = {};
    for (const [key, control] of controls()) {
      if (refused || state(control) !== asShown(control)) typed[key] = state(control);
    }
    if (!Object.keys(typed).length) return false;
    sessionStorage.setItem(KEPT, JSON.stringify({ page, reader, typed }));
    return true;
  };

  const tap = (control) => control.dispatchEvent(new Event("change", { bubbles: true }));

  const fillIn = ({ typed }) => {
    const found = controls();
    for (const [key, value] of Object.entries(typed)) {
      const control = found.get(key);
      if (!control) continue;
      if (ticks(control)) control.checked = value;
      else control.value = value;
      if (control.form.dataset.taps) addEventListener("load", () => tap(control)); // what every tap saves
    }
    if (![...found.keys()].some((key) => key in typed)) return;
    const told = document.createElement("p");
    told.className = "alert alert-info";
    told.setAttribute("role", "status");
    told.textContent = said;
    document.querySelector(".page-body").prepend(told);
  };

  const forget = (who) => {
    sessionStorage.clear();
    for (const name of Object.keys(localStorage).filter((key) => key.startsWith("check-in "))) {
      if (JSON.parse(localStorage.getItem(name)).reader === who) localStorage.removeItem(name);
    }
  };

  const wayIn = document.querySelector("[data-way-in]");
  const leaving = sessionStorage.getItem(LEAVING); // who changed their password, which ends this session too
  sessionStorage.removeItem(LEAVING);
  if (leaving && wayIn && !new URLSearchParams(location.search).has("next")) forget(leaving);
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  const unsent = location.hash === UNSENT;
  if (wayIn) {
    const { next } = wayIn.parentElement.querySelector("form:has([name=next])").elements;
    if (unsent && next.value && !next.value.endsWith(UNSENT)) next.value += UNSENT;
    const [path] = next.value.split(/[?#]/);
    wayIn.hidden = !kept && !localStorage.getItem(`check-in ${path}`);
  } else {
    const back = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
    if (kept && (unsent || back) && kept.page === page && kept.reader === reader) fillIn(kept);
    sessionStorage.removeItem(KEPT);
  }
  if (unsent) history.replaceState(null, "", location.pathname + location.search);

  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post") return;
    if (event.target.matches(LEAVES)) {
      forget(reader);
      return;
    }
    if (event.target.matches("form[action$='/account/password']")) sessionStorage.setItem(LEAVING, reader);
    const keeps = keep();
    const { next } = event.target.elements;
    if (event.target.matches("[data-language]") && keeps && next.value) next.value += UNSENT;
  });
  document.querySelector("[data-mistakes]")?.focus(); // for browsers that give it only to fields
}
