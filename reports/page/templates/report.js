"use strict";
(function () {
  const form = document.getElementById("filter");
  const parts = Array.from(document.querySelectorAll("details.part"));
  /* A link to a row must find it: its part is opened, whatever the filter hid. */
  function reveal() {
    const row = location.hash && document.getElementById(location.hash.slice(1));
    const part = row && row.closest("details.part");
    if (!part) return;
    if (form && (row.hidden || part.hidden)) form.reset();
    part.open = true;
    row.scrollIntoView({ block: row === part ? "start" : "center" });
  }
  window.addEventListener("hashchange", reveal);
  let closed = [];
  window.addEventListener("beforeprint", function () {
    const kept = document.body.classList.contains("full") ? "" : ", .more";
    closed = Array.from(document.querySelectorAll("details:not([open]" + kept + ")"));
    closed.forEach(function (part) { part.open = true; });
  });
  window.addEventListener("afterprint", function () { closed.forEach(function (part) { part.open = false; }); });
  /* The map is one stop of the tabulator; arrows lead from mark to mark. */
  const map = document.querySelector(".map");
  if (map) {
    const grid = Array.from(map.tBodies[0].rows).map(function (row) {
      return Array.from(row.cells).map(function (cell) { return cell.querySelector("a"); });
    });
    const all = grid.flat().filter(Boolean);
    const enter = function (link) {
      all.forEach(function (each) { each.tabIndex = each === link ? 0 : -1; });
    };
    const moves = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
    map.setAttribute("role", "grid");
    map.addEventListener("focusin", function (event) { enter(event.target); });
    map.addEventListener("keydown", function (event) {
      const step = moves[event.key];
      if (!step) return;
      event.preventDefault();
      let r = grid.findIndex(function (row) { return row.includes(event.target); });
      let c = grid[r].indexOf(event.target);
      do { r += step[0]; c += step[1]; } while (grid[r] && c >= 0 && c < grid[r].length && !grid[r][c]);
      if (grid[r] && grid[r][c]) grid[r][c].focus();
    });
    enter(all[0]);
  }
  /* Headings of tables sort: by the number that a cell begins with, else by its text. */
  document.querySelectorAll(".rows").forEach(function (table) {
    table.querySelectorAll("th:not(.draw)").forEach(function (head) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", function () {
        const up = head.getAttribute("aria-sort") !== "ascending";
        table.querySelectorAll("th").forEach(function (each) { each.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const key = function (row) {
          const cell = row.cells[head.cellIndex];
          return cell.dataset.key || cell.textContent.trim().replace(/,(?=\d{3})/g, "");
        };
        const number = function (text) { return parseFloat(text.replace(/^\[/, "")); };
        const order = function (a, b) {
          const x = number(key(a)), y = number(key(b));
          return (Number.isNaN(x) || Number.isNaN(y) ? key(a).localeCompare(key(b)) : x - y) * (up ? 1 : -1);
        };
        Array.from(table.tBodies).forEach(function (body) {
          body.append(...Array.from(body.rows).filter(function (row) { return row.className !== "group"; }).sort(order));
        });
      });
    });
  });
  if (form) {
    const rows = Array.from(document.querySelectorAll("tr[data-verdict]"));
    const matches = document.getElementById("matches");
    const expand = document.getElementById("expand");
    const field = function (name) { return form.elements[name].value; };
    function apply() {
      const claim = field("claim"), model = field("model"), verdict = field("verdict");
      const active = Boolean(claim || model || verdict);
      let shown = 0;
      parts.forEach(function (part) {
        if (part.classList.contains("scenario")) {
          part.hidden = Boolean(model && part.dataset.model !== model);
          return;
        }
        let own = 0;
        part.querySelectorAll("tr[data-verdict]").forEach(function (row) {
          const keep = (!claim || part.dataset.claim === claim) && (!model || row.dataset.model === model) &&
            (!verdict || row.dataset.verdict === verdict);
          row.hidden = !keep;
          if (keep) own += 1;
        });
        part.querySelectorAll("figure[data-model]").forEach(function (figure) {
          figure.hidden = Boolean(model && figure.dataset.model !== model);
        });
        part.hidden = own === 0;
        if (active && own > 0) part.open = true;
        shown += own;
      });
      document.getElementById("nothing").hidden = shown > 0;
      matches.textContent = shown + " of " + rows.length + " findings";
    }
    form.addEventListener("change", apply);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function () { setTimeout(apply, 0); });
    expand.addEventListener("click", function () {
      const open = expand.textContent === "Expand all";
      parts.forEach(function (part) { part.open = open; });
      expand.textContent = open ? "Collapse all" : "Expand all";
    });
    form.hidden = false;
    apply();
  }
  reveal();
}());
