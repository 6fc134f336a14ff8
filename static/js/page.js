// What opens closes again by Escape or a click beside it, ticking a whole list, closing a message, printing, and
// showing the tab one is on, where a phone has no room for all; also of what a script shows later, each once.
const known = new WeakSet();
const makeReady = () => {
  const each = (which, ready) => {
    for (const one of document.querySelectorAll(which)) {
      if (known.has(one)) continue;
      known.add(one);
      ready(one);
    }
  };
  each("details[data-closes]", (opened) => {
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !opened.open) return;
      opened.open = false;
      opened.querySelector("summary").focus();
    });
    document.addEventListener("click", (event) => {
      if (!opened.parentElement.contains(event.target)) opened.open = false;
    });
  });
  each("[data-ticks]", (label) => {
    label.hidden = false;
    label.addEventListener("change", (event) => {
      for (const other of document.getElementsByName(label.dataset.ticks)) other.checked = event.target.checked;
    });
  });
  each("[data-dismisses]", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      button.parentElement.remove();
      document.getElementById("main").focus({preventScroll: true});
    });
  });
  each("[data-print]", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });
};
makeReady();
document.addEventListener("taps:shown", makeReady);
const paperLine = document.querySelector("[data-paper]");
if (paperLine) {
  // every sheet is headed by the line that stands above the first one without script
  addEventListener("beforeprint", () => {
    const text = JSON.stringify(paperLine.textContent.trim());
    document.documentElement.style.setProperty("--paper-line", text);
    paperLine.hidden = true;
  });
  addEventListener("afterprint", () => {
    paperLine.hidden = false;
  });
}
for (const here of document.querySelectorAll(".views [aria-current]")) {
  const tabs = here.parentElement;
  tabs.scrollLeft = here.offsetLeft + here.offsetWidth - tabs.clientWidth + 24;
}
