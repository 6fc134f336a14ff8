// The menu on a phone, ticking a whole list, confirming what cannot be undone, printing.
for (const button of document.querySelectorAll("[data-toggles]")) {
  const part = document.getElementById(button.dataset.toggles);
  const toggle = () => button.setAttribute("aria-expanded", String(part.classList.toggle("show")));
  button.addEventListener("click", toggle);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !part.classList.contains("show")) return;
    toggle();
    button.focus();
  });
}
for (const label of document.querySelectorAll("[data-ticks]")) {
  label.hidden = false;
  label.addEventListener("change", (event) => {
    for (const other of document.getElementsByName(label.dataset.ticks)) other.checked = event.target.checked;
  });
}
for (const form of document.querySelectorAll("form[data-confirm]")) {
  form.addEventListener("submit", (event) => {
    if (!confirm(form.dataset.confirm)) event.preventDefault();
  });
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
