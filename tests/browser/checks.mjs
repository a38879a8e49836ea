// What is asked of report.html, with the events of a real mouse and a real keyboard. Each check gives its complaints.
import {spawnSync} from "node:child_process";

import {whatIsFaint, whatIsUnnamed, whatSticksOut} from "./looks.mjs";

const sizes = {
  phone: [400, 800],
  desk: [1400, 1000],
  sheet: [717, 1046]
};  // the last is A4 less Chromium's margins
const filters = ["claim", "model", "verdict"];

const openAll = (page) => page.ask(() => document.querySelectorAll("details").forEach((part) => {
  part.open = true;
}));

/** The rows in sight, whether they are those that the filter should keep, and what the page says of them. */
const shown = (page) => page.ask((names) => {
  const form = document.getElementById("filter");
  const chosen = Object.fromEntries(names.map((name) => [name, form.elements[name].value]));
  const rows = Array.from(document.querySelectorAll("tr[data-verdict]"));
  const kept = rows.filter(
      (row) => (!chosen.claim || row.closest("details").dataset.claim === chosen.claim) &&
          (!chosen.model || row.dataset.model === chosen.model) &&
          (!chosen.verdict || row.dataset.verdict === chosen.verdict));
  const active = Object.values(chosen).some(Boolean);
  const right = active ? rows.every((row) => (row.getClientRects().length > 0) === kept.includes(row)) :
                         rows.every((row) => !row.hidden);
  const said = document.getElementById("matches").textContent;
  return {chosen, active, right: right && said === `${kept.length} of ${rows.length} findings`, said};
}, filters);

const focused = (page) => page.ask(
    () => document.activeElement.name || document.activeElement.id || document.activeElement.type ||
        document.activeElement.tagName);
const openParts = (page) => page.ask(
    () => [document.querySelectorAll("details.part[open]").length, document.querySelectorAll("details.part").length]);

async function expectChosen(page, name, how, complain) {
  const state = await shown(page);
  if (!state.chosen[name])
    complain(`nothing can be chosen in the filter '${name}' by ${how}`);
  else if (!state.right)
    complain(`the filter '${name}' by ${how} keeps the wrong rows for '${state.chosen[name]}' (${state.said})`);
}

async function expectReset(page, how, complain) {
  const state = await shown(page);
  if (state.active || !state.right) complain(`'Show all' by ${how} does not show all (${state.said})`);
}

async function expectExpanded(page, how, press, complain) {
  for (const wanted of ["Expand all", "Collapse all"]) {
    const label = await page.ask(() => document.getElementById("expand").textContent);
    if (label !== wanted) complain(`the button says '${label}', not '${wanted}'`);
    await press();
    const [open, all] = await openParts(page);
    if (open !== (wanted === "Expand all" ? all : 0))
      complain(`'${wanted}' by ${how} leaves ${open} of ${all} parts open`);
  }
}

/** The list of a <select> is drawn by the browser, not by the page, so the mouse opens it and keys pick in it. */
async function mouse(page, complain) {
  for (const name of filters) {
    await page.click(`select[name=${name}]`);
    if (!(await page.ask((each) => document.querySelector(`select[name=${each}]`).matches(":open"), name))) {
      complain(`the filter '${name}' does not open by mouse`);
      continue;
    }
    await page.key("ArrowDown");
    await page.key("ArrowDown");
    await page.key("Enter");
    await expectChosen(page, name, "mouse", complain);
    await page.click("button[type=reset]");
    await expectReset(page, "mouse", complain);
  }
  await expectExpanded(page, "mouse", () => page.click("#expand"), complain);
  await page.click("details.part > summary");
  if ((await openParts(page))[0] !== 1) complain("a part does not open by mouse");
  const link = await page.ask(() => document.querySelector(".urgent a") !== null);
  if (link) {
    await page.click(".urgent a");
    const seen = await page.ask(() => {
      const box = document.getElementById(document.querySelector(".urgent a").hash.slice(1)).getBoundingClientRect();
      return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight;
    });
    if (!seen) complain("the first link at the top does not show its row");
  }
}

async function keyboard(page, complain) {
  await page.key("Tab");
  await page.key("Enter");  // the link past what comes before the findings
  for (const name of filters) {
    await page.key("Tab");
    if ((await focused(page)) !== name)
      complain(`Tab leads to '${await focused(page)}' where the filter '${name}' should be`);
    await page.key("ArrowDown");
    await expectChosen(page, name, "keyboard", complain);
  }
  await page.key("Tab");
  await page.key("Enter");
  await expectReset(page, "keyboard", complain);
  await page.key("Tab");
  const ring = await page.ask(() => getComputedStyle(document.activeElement).outlineStyle);
  if (ring === "none") complain("what has the keyboard's focus is not marked");
  await expectExpanded(page, "keyboard", () => page.key(" "), complain);
  await page.key("Tab");
  await page.key("Enter");
  if ((await openParts(page))[0] !== 1) complain("a part does not open by keyboard");
}

async function layout(page, complain) {
  await openAll(page);
  for (const size of ["phone", "desk"]) {
    await page.resize(sizes[size]);
    await page.settle();
    for (const trouble of await page.ask(whatSticksOut, false)) complain(`at ${sizes[size][0]} pixels: ${trouble}`);
  }
  const papers = [];
  for (const scheme of ["light", "dark"]) {
    await page.appear({scheme});
    papers.push(await page.ask(() => getComputedStyle(document.body).backgroundColor));
    for (const trouble of await page.ask(whatIsFaint)) complain(`${scheme}: ${trouble}`);
  }
  if (papers[0] === papers[1]) complain(`light and dark are both ${papers[0]}`);
  for (const trouble of await page.ask(whatIsUnnamed)) complain(trouble);
}

async function print(page, complain) {
  const closed = () => page.ask(() => document.querySelectorAll("details:not([open])").length);
  const before = await closed();
  await page.ask(() => addEventListener("beforeprint", () => {
                   window.closedOnPaper = document.querySelectorAll("details:not([open], .more)").length;
                 }));
  const pdf = await page.pdf();
  const onPaper = await page.ask(() => window.closedOnPaper);
  if (onPaper !== 0) complain(`${onPaper} parts are closed on paper`);
  if ((await closed()) !== before) complain("after printing other parts are open than before");
  const rows = await page.ask(() => document.querySelectorAll("tr[data-verdict]").length);
  const words = spawnSync("pdftotext", ["-bbox", "-", "-"], {input: pdf, encoding: "utf8", maxBuffer: 1e9});
  if (!words.error) {
    let [width, height, badges] = [0, 0, 0];
    for (const [, page_, x, y, right, bottom, word] of words.stdout.matchAll(
             /<(page|word)(?: xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)")?([^\n]*)/g)) {
      if (page_ === "page")
        [width, height] = Array.from(word.matchAll(/[\d.]+/g), Number);
      else if (x < 0 || y < 0 || right > width || bottom > height)
        complain(`paper cuts off ${word.slice(1, 40)}`);
      else
        badges += /^>(verified|refuted|failed|open|shown)</.test(word);
    }
    if (badges < rows) complain(`${badges} of ${rows} findings are on paper`);
  }
  await openAll(page);
  await page.resize(sizes.sheet);
  await page.appear({media: "print", scheme: "dark"});
  for (const trouble of await page.ask(whatSticksOut, true)) complain(`on paper: ${trouble}`);
  for (const trouble of await page.ask(whatIsFaint)) complain(`on paper: ${trouble}`);
  const left = await page.ask(
      () => Array.from(document.querySelectorAll("form, button, select, .skip"))
                .filter((each) => each.getClientRects().length > 0)
                .length);
  if (left > 0) complain(`${left} controls are printed`);
}

export const checks = {
  mouse,
  keyboard,
  layout,
  print
};

/** What is wrong with the page at `url`, as sentences, by all checks or by those named. No findings need no filter. */
export async function complaintsOf(browser, url, names = Object.keys(checks)) {
  const complaints = new Set();
  for (const name of names) {
    const page = await browser.open(url, sizes.desk);
    const hasFindings = await page.ask(() => document.querySelector("tr[data-verdict]") !== null);
    if (hasFindings || checks[name] === layout || checks[name] === print)
      await checks[name](page, (trouble) => complaints.add(trouble));
    for (const trouble of page.complaints) complaints.add(trouble);
    await page.close();
  }
  return Array.from(complaints);
}
