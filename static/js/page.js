// The menu on a phone, ticking a whole list, confirming what cannot be undone, printing.
for (const button of document.querySelectorAll("[data-toggles]")) {
  button.addEventListener("click", () => {
    const shown = document.getElementById(button.dataset.toggles).classList.toggle("show");
    button.setAttribute("aria-expanded", String(shown));
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
