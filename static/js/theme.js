// Light or dark as chosen on this device, else as the screen says; before the first paint. A choice is kept in a cookie,
// so that the server knows it too, and holds at once.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const kept = (name) => document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.split("=")[1];
  const chosen = () => ["light", "dark"].find((one) => one === (kept("__Host-theme") ?? kept("theme")));
  const apply = () => {
    root.dataset.bsTheme = chosen() ?? (dark.matches ? "dark" : "light");
  };
  const keep = (theme) => {
    const https = location.protocol === "https:";
    const name = https ? "__Host-theme" : "theme";
    document.cookie = `${name}=${theme}; Path=/; Max-Age=${365 * 24 * 3600}; SameSite=Lax${https ? "; Secure" : ""}`;
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
