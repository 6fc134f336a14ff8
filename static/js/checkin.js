// Shows a check-in a statement at a time and saves every answer as it is given. What was filled in stays on this phone
// until it was sent: without a connection it waits for one, and after signing in again the form is filled as it was.
// On a shared tablet nothing is saved or kept before it is sent.
{
  const form = document.querySelector("form[data-saves], form[data-unsaved]");
  const { reader } = document.querySelector("script[data-reader]").dataset; // who takes it along on signing out
  const KEPT = `check-in ${form ? form.getAttribute("action") : location.pathname}`;
  const LONGEST = 14 * 24 * 60 * 60 * 1000; // after two weeks nothing can be sent any more

  for (const name of Object.keys(localStorage).filter((key) => key.startsWith("check-in "))) {
    const { at } = JSON.parse(localStorage.getItem(name));
    if (!at || at < Date.now() - LONGEST) localStorage.removeItem(name);
  }
  if (form?.dataset.saves) answer();
  else if (form) byStep();
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
      told.classList.toggle("waits", what !== "saved");
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

    let againHere = false; // something stands here that the service did not have
    for (const [key, value] of Object.entries(kept.answers)) {
      const steps = [...form.querySelectorAll(`input[name="answer-${CSS.escape(key)}"]`)];
      const step = steps.find((one) => one.value === value);
      if (step && (old || key in kept.waiting || !steps.some((one) => one.checked))) {
        step.checked = true;
        againHere = true;
      }
    }
    for (const field of fields) {
      const value = kept.typed[named(field)];
      if (value === undefined) continue;
      if (field.type === "checkbox" ? field.checked !== value : field.value !== value) againHere = true;
      if (field.type === "checkbox") field.checked = value;
      else field.value = value;
    }
    const begun = form.querySelector("#begun");
    if (againHere) {
      const said = begun.querySelector("[data-said]");
      said.textContent = said.dataset.said;
      begun.hidden = false;
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
    document.addEventListener("submit", (event) => {
      const skips = event.target.matches("[data-skips]") || event.submitter?.matches("[data-skips]");
      left = event.target !== form || skips;
      if (skips) {
        const all = localStorage.getItem(KEPT);
        if (all) sessionStorage.setItem(KEPT, all); // not for long: what is skipped counts for nothing
        localStorage.removeItem(KEPT);
      } else if (event.target === form && !navigator.onLine) {
        event.preventDefault();
        tell("waits");
        told.scrollIntoView({ block: "nearest" });
      }
    });
    addEventListener("online", save);
    if (Object.keys(kept.waiting).length) save();
    byStep();
  }

  function byStep() {
    const steps = [...form.querySelectorAll("[data-step]")];
    const beads = form.querySelector("[data-beads]");
    const back = form.querySelector("[data-back]");
    const on = form.querySelector("[data-on]");
    const skip = form.querySelector("button[data-skips]"); // none where one corrects what was sent
    const title = document.title;
    const last = steps.length - 1;
    const answered = (step) => step.querySelector("input:checked") !== null;
    let at = 0;

    const show = (next) => {
      at = Math.min(Math.max(next, 0), last);
      for (const [number, step] of steps.entries()) step.hidden = number !== at;
      for (const [number, bead] of [...beads.querySelectorAll("li")].entries()) {
        bead.className = answered(steps[number]) ? "done" : "";
        bead.removeAttribute("aria-current");
        if (number === at) bead.setAttribute("aria-current", "step");
      }
      beads.querySelector("p").textContent = at === last ? "" : steps[at].dataset.step;
      form.querySelector("[data-intro]").hidden = at > 0;
      back.hidden = at === 0;
      on.hidden = at === last;
      if (skip) skip.hidden = at > 0 && at < last;
      document.title = `${steps[at].dataset.step} – ${title}`;
    };

    const go = (next, pushes = true) => {
      form.querySelector("#begun").hidden = true;
      show(next);
      if (pushes) history.pushState({ step: at }, ""); // the way back of a phone leads to the question before
      const came = steps[at];
      came.classList.add("fresh");
      setTimeout(() => came.classList.remove("fresh"), 300);
      scrollTo(0, 0);
      came.querySelector("h2").focus({ preventScroll: true });
    };

    form.classList.add("by-step");
    beads.hidden = false;
    form.querySelector("[data-by-tap]").hidden = false;
    const first = steps.findIndex((step) => !answered(step)); // the last step has nothing that must be answered
    const mistaken = document.querySelector("[data-mistakes]");
    const wanted = document.getElementById(location.hash.slice(1)); // a link led to one of its parts
    const held = steps.findIndex((step) => step.contains(wanted));
    show(mistaken ? last : held < 0 ? first : held);
    if (held >= 0) wanted.scrollIntoView();
    history.replaceState({ step: at }, "");

    back.addEventListener("click", () => go(at - 1));
    on.addEventListener("click", () => go(at + 1));
    addEventListener("popstate", ({ state }) => {
      if (state) go(state.step, false);
    });
    form.addEventListener("click", ({ target, detail }) => {
      if (target.type !== "radio" || detail === 0) return; // arrows and space choose, and stay
      const here = at;
      setTimeout(() => {
        if (at === here) go(at + 1);
      }, 200);
    });
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target.type !== "radio") return;
      event.preventDefault(); // else it would be sent
      go(at + 1);
    });
    mistaken?.addEventListener("click", ({ target }) => {
      const field = form.querySelector(target.closest("a")?.hash || "[data-last]");
      show(steps.findIndex((step) => step.contains(field)));
    });
  }
}
