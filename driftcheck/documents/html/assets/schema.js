"use strict";
(() => {
  const form = document.getElementById("filters");
  const query = document.getElementById("query");
  const shown = document.getElementById("shown");
  const entities = [...document.querySelectorAll(".entity")];
  const boxes = [...document.querySelectorAll("svg .table")];
  const box = new Map(boxes.map((one) => [one.dataset.table, one]));

  const apply = () => {
    const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
    const away = new Set();
    let count = 0;
    for (const entity of entities) {
      const found = words.every((word) => entity.dataset.text.includes(word));
      entity.hidden = !found;
      entity.classList.toggle("found", found && words.length > 0);
      if (found) count += 1;
      else away.add(entity.dataset.table);
    }
    for (const one of boxes) one.classList.toggle("away", away.has(one.dataset.table));
    if (boxes.length) boxes[0].ownerSVGElement.classList.toggle("searched", words.length > 0);
    shown.textContent = words.length ? `${count} of ${entities.length}` : "";
    const first = words.length && boxes.find((one) => !one.classList.contains("away"));
    if (first) first.scrollIntoView({ block: "nearest", inline: "center" });
  };

  const choose = (one) => {
    const entity = entities.find((other) => other.dataset.table === one.dataset.table);
    if (!entity) return;
    for (const other of boxes) other.classList.toggle("chosen", other === one);
    entity.hidden = false;
    entity.open = true;
    entity.scrollIntoView({ block: "start" });
  };

  for (const one of boxes) {
    one.addEventListener("click", () => choose(one));
    one.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(one);
    });
  }
  for (const entity of entities) {
    entity.addEventListener("toggle", () => {
      const one = box.get(entity.dataset.table);
      if (one) one.classList.toggle("chosen", entity.open);
    });
  }
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  form.hidden = false;
  apply();
})();
