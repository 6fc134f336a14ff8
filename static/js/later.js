// A part that takes a while to work out is asked for when it comes into view; without script a link stands there.
{
  const ask = async (part) => {
    const answer = await fetch(part.dataset.later);
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.getElementById(part.dataset.instead).replaceWith(...page.body.children);
  };
  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      ask(target).catch(() => {}); // the link stays
    }
  });
  for (const part of document.querySelectorAll("[data-later]")) seen.observe(part);
}
