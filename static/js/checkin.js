// Saves every answer as it is given. What was filled in stays on this phone until it was sent: without a connection it
// waits for one, and after signing in again the form is filled as it was.
{
  const form = document.querySelector("form[data-saves]");
  const { reader } = document.querySelector("script[data-reader]").dataset; // who takes it along on signing out
  const KEPT = `check-in ${form ? form.getAttribute("action") : location.pathname}`;
  const LONGEST = 14 * 24 * 60 * 60 * 1000; // after two weeks nothing can be sent any more

  for (const name of Object.keys(localStorage).filter((key) => key.startsWith("check-in "))) {
    const { at } = JSON.parse(localStorage.getItem(name));
    if (!at || at < Date.now() - LONGEST) localStorage.removeItem(name);
  }
  if (form) answer();
  else localStorage.removeItem(KEPT); // sent, or closed otherwise

  function answer() {
    const told = form.querySelector("[data-saved]");
    const again = form.querySelector("[data-again]");
    const skipped = sessionStorage.getItem(KEPT); // in vain: here it is again
    if (skipped) localStorage.setItem(KEPT, skipped);
    sessionStorage.removeItem(KEPT);
    // by question: what was answered here, and which of these are not saved yet; of the other fields what stands in them
    const kept = { answers: {}, waiting: {}, typed: {}, ...JSON.parse(localStorage.getItem(KEPT) ?? "{}") };
    let sending = false;
    let left = false;

    const keep = () => localStorage.setItem(KEPT, JSON.stringify({ ...kept, reader, at: Date.now() }));

    const tell = (what) => {
      told.textContent = told.dataset[what];
      again.hidden = what !== "lost";
    };

    async function save() {
      if (sending) return;
      sending = true;
      let outcome = "saved";
      try {
        let next; // also what is tapped while an earlier one is on its way
        while ((next = Object.entries(kept.waiting)[0])) {
          const [key, value] = next;
          const body = new FormData();
          body.set("csrf_token", form.elements.csrf_token.value);
          body.set("key", key);
          body.set("value", value);
          const reply = await fetch(form.dataset.saves, { method: "POST", body, redirect: "manual" });
          if (reply.status === 404 || reply.status === 409) {
            location.reload(); // closed meanwhile: show that
            return;
          }
          if (reply.status !== 204) {
            outcome = reply.type === "opaqueredirect" || reply.status === 400 ? "lost" : "waits";
            break;
          }
          if (kept.waiting[key] === value) delete kept.waiting[key];
        }
      } catch {
        outcome = "waits"; // it stays on this phone
      }
      sending = false;
      if (!left) keep(); // else it would stay behind
      tell(outcome);
    }

    const old = "kept" in document.documentElement.dataset; // a page kept for no connection: what was tapped is newer
    const fields = [...form.elements].filter((one) => one.name && one.type !== "hidden" && one.type !== "radio");
    const named = (field) => (field.type === "checkbox" ? `${field.name} ${field.value}` : field.name);

    for (const [key, value] of Object.entries(kept.answers)) {
      const steps = [...form.querySelectorAll(`input[name="answer-${CSS.escape(key)}"]`)];
      const step = steps.find((one) => one.value === value);
      if (step && (old || key in kept.waiting || !steps.some((one) => one.checked))) step.checked = true;
    }
    for (const field of fields) {
      const value = kept.typed[named(field)];
      if (value === undefined) continue;
      if (field.type === "checkbox") field.checked = value;
      else field.value = value;
    }

    form.addEventListener("input", ({ target }) => {
      if (target.name.startsWith("answer-")) {
        const key = target.name.slice("answer-".length);
        kept.answers[key] = kept.waiting[key] = target.value;
        keep();
        save();
      } else {
        kept.typed[named(target)] = target.type === "checkbox" ? target.checked : target.value;
        keep();
      }
    });
    document.addEventListener("submit", ({ target }) => {
      left = target !== form;
    });
    form.addEventListener("submit", (event) => {
      if (navigator.onLine) return;
      event.preventDefault();
      tell("waits");
      told.scrollIntoView();
    });
    document.querySelector("form[data-skips]").addEventListener("submit", () => {
      const all = localStorage.getItem(KEPT);
      if (all) sessionStorage.setItem(KEPT, all); // not for long: what is skipped counts for nothing
      localStorage.removeItem(KEPT);
    });
    addEventListener("online", save);
    if (Object.keys(kept.waiting).length) save();
  }
}
