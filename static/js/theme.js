// Light or dark as chosen on this device, else as the screen says; before the first paint. A choice is kept in a cookie,
// so that the server knows it too, and holds at once.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => /(?:^|; )theme=(light|dark)(?:;|$)/.exec(document.cookie)?.[1];
  const apply = () => {
    root.dataset.bsTheme = chosen() ?? (dark.matches ? "dark" : "light");
  };
  const keep = (theme) => {
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `theme=${theme}; Path=/; Max-Age=${365 * 24 * 3600}; SameSite=Lax${secure}`;
  };
  apply();
  dark.addEventListener("change", apply);
  addEventListener("DOMContentLoaded", () => {
    for (const form of document.querySelectorAll("[data-theme-choice]")) {
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        keep(event.submitter.value);
        apply();
        for (const button of document.querySelectorAll("[data-theme-choice] button")) {
          button.setAttribute("aria-pressed", String(button.value === event.submitter.value));
        }
      });
    }
  });
})();
