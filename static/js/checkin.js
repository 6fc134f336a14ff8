// Saves every answer as it is given. Without a connection it stays on this phone and goes as soon as there is one.
const form = document.querySelector("form[data-saves]");
const status = form.querySelector("[data-saved]");
const kept = `check-in ${form.dataset.saves}`;
const waiting = JSON.parse(localStorage.getItem(kept) || "{}");
let sending = false;

const keep = () => {
  if (Object.keys(waiting).length) localStorage.setItem(kept, JSON.stringify(waiting));
  else localStorage.removeItem(kept);
};

async function save() {
  if (sending) return;
  sending = true;
  try {
    let next; // also what is tapped while an earlier one is on its way
    while ((next = Object.entries(waiting)[0])) {
      const [key, value] = next;
      const body = new FormData();
      body.set("csrf_token", form.elements.csrf_token.value);
      body.set("key", key);
      body.set("value", value);
      const answer = await fetch(form.dataset.saves, { method: "POST", body });
      if (answer.status === 404 || answer.status === 409) {
        localStorage.removeItem(kept); // closed meanwhile: show that
        location.reload();
        return;
      }
      if (answer.status !== 204) throw new Error(String(answer.status)); // such as the way to signing in
      if (waiting[key] === value) delete waiting[key];
    }
  } catch {
    // it stays on this phone
  }
  sending = false;
  keep();
  status.textContent = Object.keys(waiting).length ? status.dataset.waits : status.dataset.saved;
}

for (const [key, value] of Object.entries(waiting)) {
  const step = form.querySelector(`input[name="answer-${CSS.escape(key)}"][value="${CSS.escape(value)}"]`);
  if (step) step.checked = true;
}
form.addEventListener("change", (event) => {
  if (!event.target.name.startsWith("answer-")) return;
  waiting[event.target.name.slice("answer-".length)] = event.target.value;
  keep();
  save();
});
form.addEventListener("submit", (event) => {
  if (navigator.onLine) localStorage.removeItem(kept);
  else {
    event.preventDefault();
    status.textContent = status.dataset.waits;
    status.scrollIntoView();
  }
});
addEventListener("online", save);
if (Object.keys(waiting).length) save();
