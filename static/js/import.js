// Files dropped on the page go into the field, as if they were chosen there.
const zone = document.querySelector("[data-drop]");
if (zone) {
  const field = zone.querySelector("input[type=file]");
  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  for (const kind of ["dragleave", "drop"]) {
    zone.addEventListener(kind, () => zone.classList.remove("over"));
  }
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    field.files = event.dataTransfer.files;
    field.focus();
  });
}
// What is chosen on a preview is worked out at once; the reader stays where they were. Ticks wait for the blue button.
const preview = document.querySelector("form[data-recount]");
if (preview) {
  const PLACE = "import-place";
  const kept = JSON.parse(sessionStorage.getItem(PLACE) || "null");
  sessionStorage.removeItem(PLACE);
  if (kept && kept.path === location.pathname) {
    scrollTo(0, kept.y);
    for (const field of preview.elements) {
      if (field.name === kept.name && (field.type !== "radio" || field.checked)) field.focus({preventScroll: true});
    }
  }
  let timer = 0;
  preview.addEventListener("change", (event) => {
    if (event.target.type === "checkbox") return;
    const place = {path: location.pathname, y: scrollY, name: event.target.name};
    clearTimeout(timer);
    timer = setTimeout(() => {
      sessionStorage.setItem(PLACE, JSON.stringify(place));
      preview.requestSubmit();
    }, 300);
  });
}
