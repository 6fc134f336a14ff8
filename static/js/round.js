// Deciding about pairs without leaving the row: the form goes behind the page, and of what the service answers only what
// changed is shown. While an outcome is worked out again it is asked for, and then shown the same way.
// Without script every form is a page of its own, which comes back to the row.
{
  const DECIDES = ".hold, .cand form, .bulk, .toast-bars form, .diff form";
  const ROWS = "#panel tbody"; // a drawing beside it has a table of its own
  const main = document.getElementById("main");
  let turn = Promise.resolve(); // what was pressed goes one after the other
  let busy = 0;
  let letGo = Promise.resolve(); // what is under a finger stays until then: a press on what was put away is lost

  const parse = (text) => new DOMParser().parseFromString(text, "text/html");

  const fill = (old, fresh) => {
    if (fresh && !old.isEqualNode(fresh)) old.replaceChildren(...fresh.childNodes);
  };

  const rowKey = (row) => row.querySelector("[id]")?.id ?? "";

  // ticks stay, whatever else of a row changed
  const showRows = (page) => {
    const old = main.querySelector(ROWS);
    const fresh = page.querySelector(ROWS);
    if (!old || !fresh || !main.querySelector("#bulk")) return;
    const ticked = new Set([...old.querySelectorAll(":checked")].map((tick) => tick.value.split("-")[0]));
    const rows = [...old.rows];
    const news = [...fresh.rows];
    const same = rows.length === news.length && rows.every((row, at) => rowKey(row) === rowKey(news[at]));
    if (same) rows.forEach((row, at) => fill(row, news[at]));
    else fill(old, fresh);
    for (const tick of old.querySelectorAll("input[type=checkbox]")) {
      tick.checked = ticked.has(tick.value.split("-")[0]);
    }
    document.dispatchEvent(new Event("change"));
  };

  const showToasts = (page) => {
    document.querySelector(".toast-bars")?.remove();
    const fresh = page.querySelector(".toast-bars");
    if (fresh) main.append(fresh);
  };

  const show = (text, told) => {
    const page = parse(text);
    if (!page.getElementById("state") || !!page.querySelector(ROWS) !== !!main.querySelector(ROWS)) {
      location.reload(); // another page than this one by now
      return;
    }
    fill(document.querySelector("header.top"), page.querySelector("header.top"));
    document.title = page.title;
    for (const part of document.querySelectorAll("[data-live]")) fill(part, page.getElementById(part.id));
    showRows(page);
    if (told) showToasts(page);
    main.dispatchEvent(new Event("taps:shown", { bubbles: true }));
    watch();
  };

  // where the focus was: the first button of what stands there now
  const place = (form) => {
    const row = form.closest("tr, li, article");
    const key = row?.getAttribute("aria-labelledby") ?? row?.querySelector("[id]")?.id ?? row?.id;
    return () => {
      const found = key && document.getElementById(key)?.closest("tr, li, article");
      const button = found?.querySelector(".hold button, form button");
      (button ?? document.querySelector("[data-panel=page]") ?? main).focus({ preventScroll: true });
    };
  };

  const goes = (form, by) => {
    form.dataset.goes = "";
    form.requestSubmit(by);
  };

  async function send(form, by, body) {
    let answer;
    try {
      answer = await fetch(form.getAttribute("action"), { method: "POST", body });
    } catch {
      goes(form, by);
      return;
    }
    // refused, or signed out meanwhile: it goes as a form does, and what is answered to that is a page of its own
    if (!answer.ok || new URL(answer.url).pathname !== location.pathname) {
      goes(form, by);
      return;
    }
    const text = await answer.text();
    await letGo;
    const back = place(form);
    show(text, true);
    back();
  }

  document.addEventListener("pointerdown", () => {
    letGo = new Promise((free) => {
      for (const end of ["pointerup", "pointercancel", "dragend"]) {
        document.addEventListener(end, () => setTimeout(free), { once: true }); // its click comes first
      }
    });
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches(DECIDES) || "goes" in form.dataset) return;
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    busy += 1;
    // what went wrong while showing it is put right by the page itself, and keeps nothing else from being sent
    const sent = turn.then(() => send(form, event.submitter, body)).catch(() => location.reload());
    turn = sent.finally(() => {
      busy -= 1;
    });
  });

  const look = async (watched) => {
    const answer = await fetch(watched.dataset.again);
    if (answer.status === 204 || busy) return;
    const anew = await fetch(location.pathname + location.search);
    const text = await anew.text();
    await letGo;
    if (anew.ok && !busy) show(text, false);
  };

  let timer;
  const watch = () => {
    clearTimeout(timer);
    const watched = document.querySelector("[data-again]");
    if (!watched) return;
    timer = setTimeout(() => look(watched).catch(() => null).then(watch), 1000);
  };
  watch();
}
