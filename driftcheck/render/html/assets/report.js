"use strict";
(() => {
  const form = document.getElementById("filters");
  if (!form) return;
  const query = document.getElementById("query");
  const shown = document.getElementById("shown");
  const findings = [...document.querySelectorAll(".finding")];
  const groups = [...document.querySelectorAll(".group, .cause")];
  const diagram = [...document.querySelectorAll("svg .table")];
  let table = "";

  const checked = (name) => new Set(
    [...form.querySelectorAll(`input[name=${name}]:checked`)].map((box) => box.value));

  const apply = () => {
    const severities = checked("severity");
    const sources = checked("source");
    const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const finding of findings) {
      const { severity, sources: whose, text } = finding.dataset;
      const visible = severities.has(severity)
        && [...sources].some((name) => (" " + whose + " ").includes(" " + name + " "))
        && (!table || finding.dataset.table === table)
        && words.every((word) => text.includes(word));
      finding.hidden = !visible;
      if (visible) count += 1;
    }
    for (const group of groups) group.hidden = !group.querySelector(".finding:not([hidden])");
    for (const box of diagram) {
      const chosen = table !== "" && box.dataset.table === table;
      box.classList.toggle("chosen", chosen);
      box.querySelector("[role=button]").setAttribute("aria-pressed", String(chosen));
    }
    const where = table ? ` of ${table}` : "";
    shown.textContent = `${count} of ${findings.length} facts${where}`;
  };

  const choose = (box) => {
    table = table === box.dataset.table ? "" : box.dataset.table;
    apply();
    if (table) {
      for (const cause of document.querySelectorAll(".cause:not([hidden])")) cause.open = true;
      form.scrollIntoView({ block: "start" });
    }
  };

  for (const box of diagram) {
    box.addEventListener("click", () => choose(box));
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(box);
    });
  }
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => { table = ""; setTimeout(apply); });
  let folded = [];
  addEventListener("beforeprint", () => {
    // Each finding is a line on paper: what is in it stays where it can be opened.
    folded = [...document.querySelectorAll("details.cause:not([open])")];
    for (const details of folded) details.open = true;
  });
  addEventListener("afterprint", () => { for (const details of folded) details.open = false; });
  form.hidden = false;
  apply();
})();
