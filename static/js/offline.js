// Lets the browser answer with a page of ours when there is no connection, and keep one's own pages on one's own phone.
// Whoever is signed in here, or nobody, is told to it on every page: what was kept for somebody else goes.
{
  const OWN = "own_phone";
  const YEAR = 365 * 24 * 60 * 60;
  const { worker, said } = document.currentScript.dataset;
  const { reader } = document.querySelector("script[data-reader]").dataset;
  const { kept } = document.documentElement.dataset;
  const serving = navigator.serviceWorker;

  // who said that this is their own phone: in a cookie, for signing out empties all else that a browser keeps
  const owner = () => document.cookie.match(/(?:^|; )own_phone=(\d+)/)?.[1] ?? "";
  const choose = (who) => {
    const safe = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `${OWN}=${who}; path=/; samesite=lax; max-age=${who ? YEAR : 0}${safe}`;
  };

  // resolves to whether one's own pages are kept now
  const settle = async () => {
    const chosen = owner();
    if (chosen && reader && chosen !== reader) choose("");
    const { active } = await serving.ready;
    const { port1, port2 } = new MessageChannel();
    const told = new Promise((done) => {
      port1.onmessage = ({ data }) => done(data);
    });
    active.postMessage({ reader: chosen === reader ? reader : "" }, [port2]);
    return told;
  };

  const offer = (card) => {
    const box = card.querySelector("input");
    const told = card.querySelector("[role=status]");
    const tell = (is) => {
      told.textContent = box.checked ? (is ? told.dataset.kept : told.dataset.failed) : told.dataset.none;
    };
    card.hidden = false;
    box.checked = owner() === reader;
    box.addEventListener("change", () => {
      choose(box.checked ? reader : "");
      settle().then(tell);
    });
    return tell;
  };

  const sayKept = () => {
    const told = document.createElement("p");
    const time = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    told.className = "alert alert-info";
    told.setAttribute("role", "status");
    told.textContent = said.replace("{time}", time.format(Number(kept)));
    document.querySelector(".page-body").prepend(told);
  };

  // behind the page: what is fetched for later must not make it wait
  addEventListener("load", async () => {
    if (kept) sayKept();
    if (kept || !serving) return;
    const card = document.querySelector("[data-own-phone]");
    const tell = card ? offer(card) : () => {};
    try {
      await serving.register(worker, { scope: "/" });
      tell(await settle());
    } catch {
      // a browser that does not allow it shows its own page
    }
  });
}
