// Arrow keys walk over the squares of a roster: to the day beside, also of another week, and to the shift above or below.
{
  const form = document.getElementById("days");
  const days = []; // by day from left to right, the squares of it from top to bottom
  for (const week of form.querySelectorAll("table.squares")) {
    const first = days.length;
    for (const row of week.tBodies[0].rows) {
      [...row.querySelectorAll("input")].forEach((square, day) => (days[first + day] ??= []).push(square));
    }
  }
  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  form.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    const day = days.findIndex((squares) => squares.includes(event.target));
    if (!step || day < 0 || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const next = days[day + step[0]]?.[days[day].indexOf(event.target) + step[1]];
    event.preventDefault(); // at the edge the page does not jump either
    next?.focus();
  });
}
