// What makes parts smoother that also work without: a password shown, a number stepped, an order tapped, a panel left.
{
  const once = (root, selector, prepare) => {
    for (const one of root.querySelectorAll(selector)) {
      if (one.dataset.ready) continue;
      one.dataset.ready = "yes";
      prepare(one);
    }
  };
  const changed = (control) => {
    control.dispatchEvent(new Event("input", { bubbles: true }));
    control.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const showPassword = (button) => {
    const field = document.getElementById(button.dataset.shows);
    const show = (shown) => {
      field.type = shown ? "text" : "password";
      button.setAttribute("aria-pressed", String(shown));
    };
    button.hidden = false;
    button.addEventListener("click", () => show(field.type === "password"));
    field.form?.addEventListener("submit", () => show(false)); // else the browser keeps it as a text
    addEventListener("pagehide", () => show(false));
  };

  const stepNumber = (part) => {
    const field = part.querySelector("input");
    const told = part.querySelector("output");
    const unit = part.querySelector("span")?.textContent ?? "";
    const step = Number(part.dataset.stepper);
    const least = Number(part.dataset.least);
    const most = Number(part.dataset.most ?? Infinity);
    const written = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 2, useGrouping: false });
    const value = () => Number(field.value.trim().replace(",", ".")) || 0;
    const buttons = [...part.querySelectorAll("[data-by]")];
    const move = (by) => {
      const next = Math.min(most, Math.max(least, value() + by * step));
      field.value = written.format(next);
      told.textContent = `${field.value} ${unit}`.trim();
      changed(field);
    };
    const settle = () => {
      for (const button of buttons) {
        const end = button.dataset.by < 0 ? value() <= least : value() >= most;
        button.setAttribute("aria-disabled", String(end));
      }
    };
    for (const button of buttons) {
      button.hidden = false;
      button.addEventListener("click", () => move(Number(button.dataset.by)));
    }
    field.addEventListener("input", settle);
    field.addEventListener("keydown", (event) => {
      const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      move(by);
    });
    settle();
  };

  // what is filled in beside an answer is that answer; before anything else hears of it
  document.addEventListener(
    "input",
    (event) => {
      const answer = event.target.closest(".opt")?.querySelector("input[type=radio]");
      if (answer && answer !== event.target) answer.checked = true;
    },
    true,
  );

  const rankByTaps = (part) => {
    const fields = [...part.querySelectorAll("select")];
    if (part.querySelector(".is-invalid")) return; // what is wrong is told at the selects
    const list = part.querySelector(".rank");
    const again = part.querySelector(".rank-again");
    const buttons = [...list.querySelectorAll("button")];
    const order = () => [...new Set(fields.map((field) => field.value).filter(Boolean))];
    const show = () => {
      const chosen = order();
      for (const button of buttons) {
        const place = chosen.indexOf(button.dataset.key) + 1;
        button.setAttribute("aria-pressed", String(place > 0));
        button.querySelector("b").textContent = place || chosen.length + 1;
        button.lastElementChild.textContent = place ? `, ${part.dataset.rank} ${place}` : "";
      }
      again.hidden = !chosen.length;
    };
    const choose = (keys) => {
      fields.forEach((field, place) => {
        field.value = keys[place] ?? "";
      });
      show();
      changed(fields[0]);
    };
    for (const button of buttons) {
      button.addEventListener("click", () => {
        const { key } = button.dataset;
        const chosen = order();
        choose(chosen.includes(key) ? chosen.filter((other) => other !== key) : [...chosen, key]);
      });
    }
    again.addEventListener("click", () => {
      choose([]);
      buttons[0].focus();
    });
    const place = (button) => (order().indexOf(button.dataset.key) + 1 || fields.length + 1);
    buttons.sort((one, other) => place(one) - place(other)).forEach((button) => list.append(button.parentElement));
    fields[0].closest("[data-rank] > div").hidden = true;
    for (const hidden of part.querySelectorAll(".rank, .fine")) hidden.hidden = false;
    show();
  };

  // single keys count only while one is in the panel (WCAG 2.1.4); Escape leaves it
  const leavePanel = (panel) => {
    const reached = panel.dataset.panel ? document : panel;
    const told = reached.querySelector("[data-keys]");
    if (told) told.hidden = false;
    panel.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key !== "Escape" && event.target.closest("input, select, textarea")) return;
      const link = reached.querySelector(`[data-key~="${CSS.escape(event.key.toLowerCase())}"]`);
      if (!link) return;
      event.preventDefault();
      link.click();
    });
    const led = location.hash && !panel.matches(".panel"); // to a place in the page
    const within = document.activeElement.closest(".panel"); // one that is open beside it
    if (!led && !within && !document.querySelector("[data-mistakes]")) panel.focus({ preventScroll: true });
  };

  // what follows from an answer, asked anew as another is chosen; an answer that comes too late is let go
  const askWhatFollows = (part) => {
    let asked = 0;
    const ask = async () => {
      const turn = ++asked;
      const body = new FormData(part.closest("form"));
      const answer = await fetch(part.dataset.asks, { method: "POST", body, headers: { "HX-Request": "true" } });
      if (!answer.ok || turn !== asked) return;
      document.getElementById(part.dataset.then).outerHTML = await answer.text();
      prepare(document);
    };
    let soon;
    const wait = (ms) => () => {
      clearTimeout(soon);
      soon = setTimeout(ask, ms);
    };
    part.addEventListener("change", wait(0));
    part.addEventListener("input", wait(300));
  };

  const prepare = (root) => {
    once(root, "[data-shows]", showPassword);
    once(root, "[data-stepper]", stepNumber);
    once(root, "[data-rank]", rankByTaps);
    once(root, "[data-panel]", leavePanel);
    once(root, "[data-asks]", askWhatFollows);
  };
  prepare(document);
  document.addEventListener("htmx:load", (event) => prepare(event.detail.elt.parentElement ?? document));
  document.addEventListener("taps:shown", (event) => prepare(event.target));
}
