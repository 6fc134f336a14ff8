// Lets the browser answer with a page of ours when there is no connection, and keep one's own pages on one's own phone.
// Whoever is signed in here, or nobody, is told to it on every page: what was kept for somebody else goes.
{
  const OWN = "own-phone";
  const { worker, said } = document.currentScript.dataset;
  const { reader } = document.querySelector("script[data-reader]").dataset;
  const { kept } = document.documentElement.dataset;
  const serving = navigator.serviceWorker;

  // resolves to whether one's own pages are kept now
  const settle = async () => {
    const chosen = localStorage.getItem(OWN);
    if (chosen && reader && chosen !== reader) localStorage.removeItem(OWN);
    const { active } = await serving.ready;
    const { port1, port2 } = new MessageChannel();
    const told = new Promise((done) => {
      port1.onmessage = ({ data }) => done(data);
    });
    active.postMessage({ reader: chosen === reader ? reader : "" }, [port2]);
    return told;
  };

  const choose = (card) => {
    const box = card.querySelector("input");
    const told = card.querySelector("[role=status]");
    const tell = (is) => {
      told.textContent = box.checked ? (is ? told.dataset.kept : told.dataset.failed) : told.dataset.none;
    };
    card.hidden = false;
    box.checked = localStorage.getItem(OWN) === reader;
    box.addEventListener("change", () => {
      if (box.checked) localStorage.setItem(OWN, reader);
      else localStorage.removeItem(OWN);
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
    const tell = card ? choose(card) : () => {};
    try {
      await serving.register(worker, { scope: "/" });
      tell(await settle());
    } catch {
      // a browser that does not allow it shows its own page
    }
  });
}
