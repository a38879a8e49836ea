// What is asked of report.html, with the events of a real mouse and a real keyboard. Each check gives its complaints.
import {spawnSync} from "node:child_process";
import {statSync} from "node:fs";

import {data} from "./data_links.mjs";
import {
  whatHasFewTicks,
  whatIsCutAside,
  whatIsFaint,
  whatIsOffTheMap,
  whatIsUnnamed,
  whatReadsAlike,
  whatSticksOut
} from "./looks.mjs";

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
    for (const trouble of await page.ask(whatIsCutAside)) complain(`at ${sizes[size][0]} pixels: ${trouble}`);
  }
  const papers = [];
  for (const scheme of ["light", "dark"]) {
    await page.appear({scheme});
    papers.push(await page.ask(() => getComputedStyle(document.body).backgroundColor));
    for (const trouble of await page.ask(whatIsFaint)) complain(`${scheme}: ${trouble}`);
  }
  if (papers[0] === papers[1]) complain(`light and dark are both ${papers[0]}`);
  for (const look of [whatIsUnnamed, whatReadsAlike, whatHasFewTicks])
    for (const trouble of await page.ask(look)) complain(trouble);
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
      () => Array.from(document.querySelectorAll("form, button:not(.sort), select, .skip"))
                .filter((each) => each.getClientRects().length > 0)
                .length);
  if (left > 0) complain(`${left} controls are printed`);
}

/**
 * What may be asked of any page, however large its run: screens of a closed one at 1400 pixels, megabytes,
 * seconds of processor time to draw it, sheets. */
const most = {
  screens: 4,
  megabytes: 2,
  seconds: 1,
  sheets: 25
};

async function size(page, complain) {
  if (await page.ask(() => document.body.classList.contains("full"))) return;  // all there is, however much
  const [height, open, address] = await page.ask(
      () => [document.documentElement.scrollHeight, document.querySelectorAll("details.part[open]").length,
             location.href.replace(/[?#].*$/, "")]);
  const bytes = statSync(new URL(address)).size;  // of the file: what a browser makes of it has more
  if (open === 0 && height > most.screens * sizes.desk[1])
    complain(`the closed page is ${height} pixels high, ${most.screens} screens are the most`);
  if (bytes > most.megabytes * 1e6) complain(`the page has ${bytes} bytes, ${most.megabytes} MB are the most`);
  const drawn = await page.workToDraw();
  if (drawn > most.seconds * 1000) complain(`the page takes ${Math.round(drawn)} ms of processor time to be drawn`);
  const sheets = ((await page.pdf()).toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length;
  if (sheets === 0 || sheets > most.sheets)
    complain(`the page is printed on ${sheets} sheets, ${most.sheets} are the most`);
}

/** Each statement and model has a mark that a screen reader can name, and that mouse and keyboard follow to its row. */
async function map(page, complain) {
  for (const trouble of await page.ask(whatIsOffTheMap)) complain(trouble);
  const spoken = await page.spoken();
  if (!spoken.some(({role, name}) => role === "grid" && name)) complain("the map is no grid with a name");
  const marks = await page.ask(() => document.querySelectorAll(".map a.cell").length);
  const named =
      spoken.filter(({role, name}) => role === "link" && /: \d+ (verified|refuted|failed|open|shown)/.test(name));
  if (named.length < marks) complain(`${named.length} of ${marks} marks of the map have a spoken name`);
  const stops = await page.ask(() => document.querySelectorAll(".map a:not([tabindex='-1'])").length);
  if (stops !== 1) complain(`the map is ${stops} stops of the tabulator`);
  const at = () =>
      page.ask(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent);
  await page.ask(
      () => (document.querySelector(".map a[tabindex='0']") ?? document.querySelector(".map a")).focus());
  const start = await at();
  await page.key("ArrowRight");
  const right = await at();
  if (right === start) complain("the arrow to the right does not move in the map");
  await page.key("ArrowDown");
  if ((await at()) === right) complain("the arrow down does not move in the map");
  const shows = () => page.ask(() => {
    const box = document.getElementById(location.hash.slice(1))?.closest("tr")?.getBoundingClientRect();
    return Boolean(box) && box.height > 0 && box.top >= 0 && box.top < innerHeight;
  });
  await page.key("Enter");
  if (!(await shows())) complain("Enter on a mark of the map does not show its row");
  await page.click(".map a.cell");
  if (!(await shows())) complain("a click on a mark of the map does not show its row");
}

/** A heading of a table sorts its rows, up and then down. */
async function sorting(page, complain) {
  await openAll(page);
  const table = await page.ask(() => {
    const all = Array.from(document.querySelectorAll("table.findings"));
    return all.findIndex((each) => each.tBodies[0].rows.length > 1);
  });
  if (table < 0) return;
  const values = () => page.ask(
      (index) => Array.from(document.querySelectorAll("table.findings")[index].tBodies[0].rows)
                     .map((row) => parseFloat(row.cells[4].textContent)),
      table);
  const mark = () => page.ask(
      (index) => document.querySelectorAll("table.findings")[index].querySelectorAll("th")[4].id = "sorted", table);
  await mark();
  for (const sign of [1, -1]) {
    await page.click("#sorted button");
    const found = (await values()).filter((value) => !Number.isNaN(value));
    if (found.some((value, k) => k > 0 && sign * (value - found[k - 1]) < 0))
      complain(`the heading 'estimate' does not sort ${sign > 0 ? "up" : "down"}`);
  }
}

export const checks = {
  data,
  map,
  sorting,
  size,
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
    if (hasFindings || [data, layout, print, size].includes(checks[name]))
      await checks[name](page, (trouble) => complaints.add(trouble), url);
    for (const trouble of page.complaints) complaints.add(trouble);
    await page.close();
  }
  return Array.from(complaints);
}
