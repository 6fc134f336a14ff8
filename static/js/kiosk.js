// A shared tablet: whoever stops touching it is signed out, a card is read from an address, a scanner or the camera, and
// digits are tapped. Nothing is kept in this browser.
{
  const EVERY = 45; // seconds between two messages that somebody is there
  const SHOWN = 30; // the seconds left from which they are counted down
  const DOOR_WAITS = 60; // after so long a card that was scanned and not used is forgotten

  localStorage.clear();
  sessionStorage.clear();
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) location.reload(); // one page back there may be another's
  });
  navigator.serviceWorker?.getRegistrations().then((found) => found.forEach((one) => one.unregister())); // of before

  const touches = (heard) => {
    for (const name of ["pointerdown", "keydown", "input", "scroll"]) {
      addEventListener(name, heard, { passive: true, capture: true });
    }
  };

  const out = document.querySelector("form[data-leaves]");
  if (out) {
    const most = Number(out.dataset.leaves);
    const end = Date.now() + Number(out.dataset.longest) * 1000; // then it is over, whatever one touches
    const told = out.querySelector("[data-left]");
    const stay = out.querySelector("[data-stay]");
    let last = Date.now();
    let said = Date.now();

    const still = async () => {
      said = Date.now();
      const body = new FormData();
      body.set("csrf_token", out.elements.csrf_token.value);
      try {
        const answer = await fetch(out.dataset.still, { method: "POST", body, redirect: "manual" });
        if (answer.status !== 204) location.assign("/kiosk");
      } catch {
        // without a connection the time goes on
      }
    };
    const touched = () => {
      last = Date.now();
      if (last - said > EVERY * 1000) still();
    };
    touches(touched);
    stay.addEventListener("click", () => {
      last = Date.now();
      still();
    });
    setInterval(() => {
      const left = Math.ceil(Math.min(most * 1000 - (Date.now() - last), end - Date.now()) / 1000);
      if (left <= 0) {
        out.submit();
        return;
      }
      const counts = left <= SHOWN;
      told.hidden = stay.hidden = !counts;
      const time = `0:${String(Math.min(left, 59)).padStart(2, "0")}`;
      if (counts) told.textContent = told.dataset.left.replace("{time}", time);
    }, 500);
  }

  const door = document.querySelector("form[data-kiosk=card]");
  if (door) {
    const card = door.elements.card;
    const pins = [...door.querySelectorAll(".pin-in")];
    const onward = document.querySelector("[data-hands-card]");
    let field = pins[0];

    const take = (text) => {
      const code = text.split("#").pop().split("=").pop();
      if (!code) return;
      card.value = code;
      hand();
      pins[0].focus();
    };
    const hand = () => {
      if (onward) onward.hash = card.value ? `card=${encodeURIComponent(card.value.split("#").pop())}` : "";
    };
    const fromAddress = () => {
      if (!location.hash.startsWith("#card=")) return;
      take(decodeURIComponent(location.hash));
      history.replaceState(null, "", location.pathname);
    };
    fromAddress();
    addEventListener("hashchange", fromAddress);
    card.addEventListener("input", hand);
    hand();
    if (!card.value) card.focus();

    // who walks away leaves no card behind on the screen
    let last = Date.now();
    touches(() => {
      last = Date.now();
    });
    setInterval(() => {
      const filled = [...door.elements].some((one) => one.matches("[data-secret]") && one.value);
      if (Date.now() - last > DOOR_WAITS * 1000 && filled) location.assign("/kiosk");
    }, 1000);

    for (const pin of pins) {
      pin.addEventListener("focus", () => {
        field = pin;
      });
    }
    const keys = door.querySelector("[data-keypad]");
    keys.hidden = false;
    keys.addEventListener("click", ({ target }) => {
      const key = target.closest("button");
      if (!key) return;
      if (key.value === "back") field.value = field.value.slice(0, -1);
      else if (key.value === "") field.value = "";
      else if (field.value.length < 6) field.value += key.value;
      const next = pins[pins.indexOf(field) + 1];
      if (field.value.length === 6 && next && !next.value) field = next;
    });

    scan(door.querySelector("[data-scan]"), take);
  }

  async function scan(place, take) {
    if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return;
    const kinds = await BarcodeDetector.getSupportedFormats();
    if (!kinds.includes("qr_code")) return;
    const view = place.querySelector("video");
    const start = place.querySelector("button");
    const told = place.querySelector("[role=status]");
    const finder = new BarcodeDetector({ formats: ["qr_code"] });
    place.hidden = false;
    start.addEventListener("click", async () => {
      let stream;
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "user" } });
      } catch {
        told.textContent = told.dataset.no;
        return;
      }
      view.srcObject = stream;
      view.hidden = false;
      start.hidden = true;
      await view.play();
      const end = Date.now() + 30_000;
      const stop = () => {
        for (const track of stream.getTracks()) track.stop();
        view.hidden = true;
        start.hidden = false;
      };
      const look = async () => {
        const [found] = await finder.detect(view).catch(() => []);
        if (found) take(found.rawValue);
        if (found || Date.now() > end) stop();
        else setTimeout(look, 150);
      };
      look();
    });
  }
}
