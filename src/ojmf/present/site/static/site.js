"use strict";
// Filter, sort and keep both in the address, so that a view can be linked to. The page works without.
for (const form of document.querySelectorAll("form.filters")) {
  const table = document.getElementById(form.dataset.for);
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const heads = Array.from(table.tHead.rows[0].cells);
  const shown = form.querySelector("[role=status]");
  const swedish = new Intl.Collator("sv", { numeric: true });

  const text = (row, column) => row.cells[column].textContent.trim();
  const order = (column, kind) => (a, b) => {
    if (kind === "text") return swedish.compare(text(a, column), text(b, column));
    const [x, y] = [a, b].map((row) => row.cells[column].dataset.sort);
    if (x === undefined || y === undefined) return (x === undefined) - (y === undefined);
    return Number(x) - Number(y);
  };

  function update() {
    const words = form.elements.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    const facets = Array.from(form.querySelectorAll("select")).filter((s) => s.name !== "sort" && s.value);
    const [column, direction] = form.elements.sort.value.split("-");
    const sorted = rows.slice();
    if (direction) {
      const compare = order(Number(column), heads[column].dataset.kind);
      const missing = (row) => heads[column].dataset.kind !== "text" && row.cells[column].dataset.sort === undefined;
      sorted.sort((a, b) => missing(a) - missing(b) || (direction === "fallande" ? compare(b, a) : compare(a, b)));
    }
    body.append(...sorted);
    let count = 0;
    for (const row of rows) {
      const all = row.textContent.toLowerCase();
      row.hidden = !(words.every((word) => all.includes(word)) && facets.every((s) => row.dataset[s.name] === s.value));
      count += !row.hidden;
    }
    heads.forEach((head, place) => {
      if (!head.dataset.kind) return;
      const here = direction && Number(column) === place;
      head.setAttribute("aria-sort", here ? (direction === "fallande" ? "descending" : "ascending") : "none");
    });
    let said = shown.dataset.all.replace("{n}", count).replace("{all}", rows.length);
    if (direction) {
      said += shown.dataset.sorted.replace("{head}", heads[column].querySelector("button").textContent).replace("{order}", direction);
    }
    if (shown.textContent !== said) shown.textContent = said;
  }

  function remember() {
    const chosen = new URLSearchParams();
    for (const field of form.elements) if (field.name && field.value) chosen.set(field.name, field.value);
    history.replaceState(null, "", chosen.size ? `#urval?${chosen}` : location.pathname + location.search);
  }

  function restore() {
    if (!location.hash.startsWith("#urval?")) {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (target && target.hidden) form.reset();
      return target;
    }
    const chosen = new URLSearchParams(location.hash.slice("#urval?".length));
    for (const field of form.elements) if (field.name) field.value = chosen.get(field.name) || "";
    return null;
  }

  heads.forEach((head, place) => {
    if (!head.dataset.kind) return;
    for (const direction of ["stigande", "fallande"]) {
      form.elements.sort.add(new Option(`${head.textContent}, ${direction}`, `${place}-${direction}`));
    }
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => {
      const rising = form.elements.sort.value === `${place}-stigande`;
      form.elements.sort.value = `${place}-${rising ? "fallande" : "stigande"}`;
      update();
      remember();
    });
    // A button is not drawn in the head that paper repeats on every page; a word is.
    const word = document.createElement("span");
    word.className = "on-paper";
    word.textContent = head.textContent;
    word.setAttribute("aria-hidden", "true");
    head.replaceChildren(button, word);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => { update(); remember(); });
  form.addEventListener("reset", () => setTimeout(() => { update(); remember(); }));
  addEventListener("hashchange", () => { restore(); update(); });
  form.hidden = false;
  const target = restore();
  update();
  if (target) target.scrollIntoView();
}
