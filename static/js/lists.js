// A list: what to do with the ticked rows stands above them while there are some; one thing open at a time.
for (const form of document.querySelectorAll("form[data-bulk]")) {
  const place = document.querySelector("[data-bulk-place]");
  const chosen = form.querySelector("[data-chosen]");
  const none = form.querySelector("[data-none]");
  const all = document.querySelector("[data-ticks] input");
  const allTicks = () => [...document.querySelectorAll(`input[type=checkbox][form="${form.id}"]`)]; // rows may change
  if (place) place.append(form);
  none.hidden = false;
  const count = () => {
    const ticks = allTicks();
    const ticked = ticks.filter((tick) => tick.checked).length;
    form.hidden = ticked === 0;
    chosen.textContent = ticked ? chosen.dataset.chosen.replace("{}", ticked) : "";
    if (!all) return;
    all.checked = ticked > 0 && ticked === ticks.length;
    all.indeterminate = ticked > 0 && ticked < ticks.length;
  };
  none.addEventListener("click", () => {
    const ticks = allTicks();
    const first = ticks.find((tick) => tick.checked);
    for (const tick of ticks) tick.checked = false;
    count();
    if (first) first.focus();
  });
  document.addEventListener("change", count);
  addEventListener("pageshow", count);
  count();
}
const drops = [...document.querySelectorAll("details[data-drops]")];
document.addEventListener("click", (event) => {
  for (const drop of drops) if (drop.open && !drop.contains(event.target)) drop.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const drop of drops.filter((one) => one.open)) {
    drop.open = false;
    drop.querySelector("summary").focus();
  }
});
