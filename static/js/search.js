// The search over every page: Ctrl K or a press on [data-seek] opens it, arrows choose, Enter goes, Escape closes.
// What fits is fetched a moment after the last letter; an answer that a newer question overtook is dropped.
// A page of one way has no search.
if (document.getElementById("seek")) {
  const box = document.getElementById("seek");
  const found = document.getElementById("seek-found");
  const failed = document.getElementById("seek-failed");
  const said = document.getElementById("seek-said");
  const field = document.getElementById("seek-q");
  const PAUSE = 120;
  let fresh = false; // whether what is shown fits what is typed
  let waits;
  let asking;

  const options = () => [...found.querySelectorAll("[role=option]")];
  const chosen = () => found.querySelector("[aria-selected=true]");

  const choose = (option) => {
    chosen()?.setAttribute("aria-selected", "false");
    if (!option) {
      field.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  };

  const step = (by) => {
    const all = options();
    const at = all.indexOf(chosen());
    choose(all[(at + by + all.length) % all.length]);
  };

  const fail = () => {
    failed.hidden = false;
    said.textContent = failed.textContent;
  };

  const show = (part) => {
    found.innerHTML = part;
    failed.hidden = true;
    fresh = true;
    const list = document.getElementById("seek-list");
    said.textContent = list.dataset.said;
    field.setAttribute("aria-controls", list.id);
    field.setAttribute("aria-expanded", String(!list.hidden));
    choose(options()[0]);
  };

  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const address = `${field.form.action}?${new URLSearchParams({ q: field.value })}`;
      const answer = await fetch(address, { signal, headers: { "HX-Request": "true" } });
      // no longer signed in: the page of the search asks for it, and comes back
      if (answer.redirected) field.form.submit();
      else if (answer.ok) show(await answer.text());
      else fail();
    } catch {
      if (!signal.aborted) fail();
    }
  };

  const open = () => {
    if (box.open) return;
    box.showModal();
    field.select();
    ask();
  };

  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !event.target.closest("[data-seek]")) return;
    event.preventDefault();
    open();
  });
  box.addEventListener("click", (event) => {
    if (event.target === box || event.target.closest("[data-seek-close]")) box.close();
  });

  field.addEventListener("input", () => {
    fresh = false;
    clearTimeout(waits);
    waits = setTimeout(ask, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault(); // a search field would first empty itself
      box.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && fresh && chosen()) {
      event.preventDefault(); // else the form goes to the page of the search
      chosen().click();
    }
  });
}
