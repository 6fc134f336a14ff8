// Fills in what a card, a mail or a terminal hands over behind the `#` of an address. A browser never sends that part,
// so no log holds it; and it leaves the address bar.
{
  const form = document.querySelector("form[data-handed]");
  const handed = new URLSearchParams(location.hash.slice(1));
  let filled = false;
  for (const [name, value] of handed) {
    const field = form?.elements.namedItem(name);
    if (field?.matches?.("input:not([type=hidden], [type=password])")) {
      field.value = value.slice(0, 200);
      filled = true;
    }
  }
  const asked = new URLSearchParams(location.search);
  // also where it leads to who has to sign in first: they follow the link of the mail again
  if (filled || handed.has("code") || asked.has("code")) {
    asked.delete("name");
    asked.delete("code"); // slips of before handed it over in front of the `#`
    const rest = asked.toString();
    history.replaceState(null, "", location.pathname + (rest && `?${rest}`));
  }
}
