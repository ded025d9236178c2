"use strict";
// Finds municipalities by name, county and group, and keeps the choice in the address. All works without.
const form = document.querySelector("form.filters");
if (form) {
  const tables = Array.from(document.querySelectorAll(`#${form.dataset.for} table`));
  const overview = document.querySelector(".two"); // between the form and what it finds
  const shown = form.querySelector("[role=status]");
  const total = tables.reduce((sum, table) => sum + table.tBodies[0].rows.length, 0);

  function update() {
    const value = (name) => (form.elements[name] ? form.elements[name].value : "");
    const words = value("q").toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const table of tables) {
      const county = !value("lan") || table.dataset.lan === value("lan");
      let here = 0;
      for (const row of table.tBodies[0].rows) {
        const name = row.cells[0].textContent.toLowerCase();
        // Also by its code, and without the dots and rings that some keyboards lack.
        const known = `${name} ${name.normalize("NFD").replace(/\p{M}/gu, "")} ${row.id.split("-").pop()}`;
        const groups = (row.dataset.grupp || "").split(" ");
        row.hidden = !(county && words.every((word) => known.includes(word)) && (!value("grupp") || groups.includes(value("grupp"))));
        here += !row.hidden;
      }
      table.hidden = !here;
      count += here;
    }
    const said = shown.dataset.all.replace("{n}", count).replace("{all}", total);
    if (shown.textContent !== said) shown.textContent = said;
    if (overview) overview.hidden = Array.from(form.elements).some((field) => field.name && field.value);
  }

  function remember() {
    const chosen = new URLSearchParams();
    for (const field of form.elements) if (field.name && field.value) chosen.set(field.name, field.value);
    history.replaceState(null, "", chosen.size ? `#urval?${chosen}` : location.pathname + location.search);
  }

  function restore() {
    if (!location.hash.startsWith("#urval?")) return;
    const chosen = new URLSearchParams(location.hash.slice("#urval?".length));
    for (const field of form.elements) if (field.name) field.value = chosen.get(field.name) || "";
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const found = tables.flatMap((table) => Array.from(table.tBodies[0].rows)).filter((row) => !row.hidden);
    if (found.length === 1) location.assign(found[0].querySelector("a").href);
  });
  form.addEventListener("input", () => { update(); remember(); });
  form.addEventListener("reset", () => setTimeout(() => { update(); remember(); }));
  addEventListener("hashchange", () => { restore(); update(); });
  form.hidden = false;
  restore();
  update();
}
