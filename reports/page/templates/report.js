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
    row.scrollIntoView({ block: "center" });
  }
  window.addEventListener("hashchange", reveal);
  let closed = [];
  window.addEventListener("beforeprint", function () {
    closed = Array.from(document.querySelectorAll("details:not([open], .more)"));
    closed.forEach(function (part) { part.open = true; });
  });
  window.addEventListener("afterprint", function () { closed.forEach(function (part) { part.open = false; }); });
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
