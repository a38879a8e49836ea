// Checks report.html in headless Chromium, and that the checks notice pages that were broken on purpose.
//   node report_page.mjs --program build/release/fisherlab --browser chromium    a page of a small study, then broken
//   ones node report_page.mjs --browser chromium --page report.html                   one page that is there already
import {spawnSync} from "node:child_process";
import {cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join, resolve} from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";
import {parseArgs} from "node:util";

import {launch} from "./browser.mjs";
import {complaintsOf} from "./checks.mjs";

const two_ticks = `<figure><p class="figure-title">two</p><div role="img" aria-label="x"><svg viewBox="0 0 9 9">
<g text-anchor="middle"><text x="1" y="8">1</text><text x="5" y="8">2</text></g></svg></div>`;

/** The check that must notice a defect, its name, how it is planted, and what the check must say. */
const defects = [
  ["layout", "a wide block", ["</main>", "<div style=\"width:2000px\">wide</div></main>"], /the page is \d+ wide/],
  [
    "layout", "a cell that does not wrap",
    ["</style>", ".rows td { white-space: nowrap; } .scroll { overflow: hidden; }</style>"],
    /reaches from|narrower than its text/
  ],
  [
    "layout", "a label outside its picture",
    ["</svg></div>", "<text x=\"590\" y=\"20\">far too long</text></svg></div>"], /cuts off 'far too long'/
  ],
  [
    "layout", "an error on the console", ["</body>", "<script>console.error(\"planted\");</script></body>"],
    /console error: planted/
  ],
  [
    "layout", "an exception", ["</body>", "<script>throw new Error(\"planted\");</script></body>"],
    /exception: Error: planted/
  ],
  [
    "layout", "a call abroad", ["</main>", "<img alt=\"\" src=\"https://example.invalid/x.png\"></main>"],
    /asks for https/
  ],
  ["layout", "a dialog", ["</body>", "<script>alert(1);</script></body>"], /dialog: 1/],
  ["keyboard", "a dead filter", ["form.addEventListener(\"change\", apply);", ""], /keeps the wrong rows/],
  [
    "mouse", "a filter that forgets the model", ["(!model || row.dataset.model === model)", "true"],
    /'model' by mouse keeps the wrong rows/
  ],
  [
    "mouse", "a filter that the mouse cannot reach", ["</style>", ".filter select { pointer-events: none; }</style>"],
    /does not open by mouse/
  ],
  [
    "keyboard", "a filter that the keyboard cannot reach",
    ["<select name=\"model\">", "<select name=\"model\" tabindex=\"-1\">"], /Tab leads to/
  ],
  [
    "keyboard", "a dead button", ["expand.addEventListener(\"click\"", "expand.addEventListener(\"never\""],
    /'Expand all' by keyboard leaves/
  ],
  [
    "keyboard", "a focus that is not marked", ["</style>", "*:focus-visible { outline: none !important; }</style>"],
    /focus is not marked/
  ],
  ["layout", "a link to nowhere", ["</main>", "<a href=\"#nowhere\">x</a></main>"], /leads nowhere/],
  ["layout", "faint text", ["</style>", "body { --soft: #b0b0b0; }</style>"], /light: contrast/],
  ["layout", "dark text on the dark page", ["</style>", "h1 { color: #111; }</style>"], /dark: contrast/],
  ["layout", "no dark page", ["prefers-color-scheme: dark", "prefers-color-scheme: none"], /light and dark are both/],
  [
    "layout", "a picture without words", ["role=\"img\" aria-label=\"", "role=\"img\" data-label=\""],
    /no text alternative/
  ],
  [
    "print", "parts closed on paper", ["addEventListener(\"beforeprint\"", "addEventListener(\"never\""],
    /closed on paper/
  ],
  ["print", "controls on paper", [".filter, .skip, .contents { display: none; }", ""], /controls are printed/],
  [
    "map", "a mark that says nothing",
    [/class="cell" href="(#f\d+)" aria-label="[^"]*" title="[^"]*"/, "class=\"cell\" href=\"$1\""], /says ''/
  ],
  [
    "map", "a map without arrows", ["map.addEventListener(\"keydown\"", "map.addEventListener(\"never\""],
    /does not move/
  ],
  ["map", "a map of many stops", ["enter(all[0]);", ""], /stops of the tabulator/],
  ["map", "a statement off the map", [/<a class="cell"[^]*?<\/a>/, ""], /does not lead to/],
  [
    "map", "a mark that leads astray", [/class="cell" href="#f\d+"/, "class=\"cell\" href=\"#map\""],
    /does not show its row/
  ],
  [
    "sorting", "a heading that does not sort",
    ["button.addEventListener(\"click\"", "button.addEventListener(\"never\""], /does not sort/
  ],
  [
    "layout", "a formula in plain text",
    [/<p class="formula"><math[^]*?<\/math><\/p>/, "<p class=\"formula\">x = 1</p>"], /no MathML/
  ],
  ["layout", "two rows that read alike", [/(<tr id="f\d+")([^]*?<\/tr>)/, "$1$2\n<tr id=\"twice\"$2"], /two rows of/],
  ["layout", "a picture with two ticks", ["</svg></div>", `</svg></div></figure>${two_ticks}`], /ticks across/],
  [
    "layout", "a table wider than the page", ["</style>", ".findings { min-width: 1300px; }</style>"],
    /the table '.*' is \d+ wide in/
  ],
  [
    "data", "a picture without its data",
    [/ <a href="[^"]*csv#row=[^"]*">[^<]*<\/a><\/figcaption>/, "</figcaption>"], /has no link to its data/
  ],
  [
    "data", "data in a file that is not there", [/href="\w+\.csv#row=/, "href=\"nowhere.csv#row="],
    /which is not there/
  ],
  ["data", "data in rows that are not there", [/\.csv#row=/, ".csv#row=99999999;"], /which has \d+/],
  ["size", "a page without end", ["</main>", "<div style=\"height:5000px\">long</div></main>"], /pixels high|sheets/],
  [
    "size", "a page that is drawn late",
    ["</style>", "</style><script>for (const start = Date.now(); Date.now() - start < 4000;);</script>"], /to be drawn/
  ],
  [
    "print", "a table cut by the paper", ["</style>", "@media print { .findings td:nth-child(n) { min-width: 9rem; } }</style>"],
    /on paper: /
  ],
];

function fisherlab(program, ...words) {
  const {status, stderr} = spawnSync(program, words, {encoding: "utf8"});
  if (status !== 0) throw new Error(`fisherlab ${words.join(" ")} ended with ${status}: ${stderr}`);
}

/** The page of a small study, then those of the same run with a name out to do harm and of runs without findings. */
function* pages_of(program, folder) {
  const [run, odd, simulated, fitted] = ["run", "odd", "simulated", "fitted"].map((name) => join(folder, name));
  fisherlab(program, "verify", "smoke", "--seed", "1", "--quiet", "--out", run);
  yield join(run, "report.html");
  yield largePage(program, run, join(folder, "large"));

  cpSync(run, odd, {recursive: true});
  for (const file of readdirSync(odd).filter((name) => name.endsWith(".csv"))) {
    const text = readFileSync(join(odd, file), "utf8");
    const name = "\"<img src=x onerror=alert(1)> & % _ '\"\"</script>\né 正 μ\"";
    writeFileSync(join(odd, file), text.replaceAll(/(^|,)gamma,/gm, (_, before) => `${before}${name},`));
  }
  const manifest = JSON.parse(readFileSync(join(odd, "manifest.json"), "utf8"));
  manifest.bytes = manifest.sha256 = {};  // a run of an older version does not know what its files were
  writeFileSync(join(odd, "manifest.json"), JSON.stringify(manifest, null, 2));
  fisherlab(program, "report", odd, "--format", "html");
  const page = readFileSync(join(odd, "report.html"), "utf8");
  if (!page.includes("&lt;img src=x")) throw new Error("the odd name is not on the page");
  yield join(odd, "report.html");

  const data = fileURLToPath(new URL("../../data/ball_bearings.csv", import.meta.url));
  fisherlab(
      program, "simulate", "gamma", "--theta", "shape=2.5,rate=1.3", "--n", "20,80,320", "--estimator", "mle,moments",
      "--replicates", "2000", "--quiet", "--out", simulated);
  fisherlab(program, "diagnose", "weibull", data, "--replicates", "2000", "--quiet", "--out", fitted);
  yield* pages_of_data(program, data, folder);
  const [grid, analysed] = ["grid", "analysed"].map((name) => join(folder, name));
  fisherlab(
      program, "simulate", "gamma", "--theta", "shape=[1,2.5],rate=[1,4]", "--n", "20,80", "--estimator", "mle,moments",
      "--replicates", "1000", "--quiet", "--out", grid);
  const estimates = fileURLToPath(new URL("../data/analysis_estimates.csv", import.meta.url));
  fisherlab(
      program, "analyze", estimates, "--truth", "0.5", "--estimate", "b", "--se", "se", "--by", "n,method", "--out",
      analysed);
  for (const path of [simulated, fitted, grid, analysed]) {
    fisherlab(program, "report", path, "--format", "html");
    yield join(path, "report.html");
  }
  yield* pages_of_their_own_kind(program, folder);
}

/** The pages of diagnose: of a sample, of several families, of a regression, of lives cut short. */
function* pages_of_data(program, data, folder) {
  const [sample, families, regression, censored] =
      ["sample", "families", "regression", "censored"].map((name) => join(folder, name));
  const looms = fileURLToPath(new URL("../../data/looms.csv", import.meta.url));
  const lives = join(folder, "lives.csv");
  const ends = [31, 45, 58, 60, 72, 75, 80, 88, 90, 94, 95, 97, 99, 100, 100, 100, 100, 100];
  writeFileSync(lives, `hours,died\n${ends.map((end) => `${end},${end < 100 ? 1 : 0}`).join("\n")}\n`);
  const kinds = [
    [sample, "weibull", data, "--replicates", "2000"], [families, "gamma,weibull,lognormal", data],
    [regression, "poisson_regression", looms, "--formula", "breaks ~ wool * tension", "--replicates", "1000"],
    [censored, "weibull", lives, "--column", "hours", "--event", "died", "--replicates", "1000"]
  ];
  for (const [out, ...words] of kinds) {
    fisherlab(program, "diagnose", ...words, "--html", "--quiet", "--out", out);
    yield join(out, "report.html");
  }
}

/** A run as large as that of `notes`: the findings of a small one, spread over all claims and told apart by theta. */
function largePage(program, run, large) {
  cpSync(run, large, {recursive: true});
  const {stdout} = spawnSync(program, ["list", "claims"], {encoding: "utf8"});
  const claims = Array.from(stdout.matchAll(/^([a-z][a-z-]+) {2,}/gm), ([, id]) => id);
  const [head, ...rows] = readFileSync(join(run, "findings.csv"), "utf8").trim().split("\n");
  const passed = rows.filter((row) => row.includes(",pass,") && !row.includes("\""));
  const all = claims.flatMap((claim, k) => Array.from({length: 14}, (_, i) => {
    const cells = passed[(k * 14 + i) % passed.length].split(",");
    return [claim, cells[1], cells[2], `${cells[3]};case=${i}`, ...cells.slice(4)].join(",");
  }));
  if (claims.length < 70 || all.length < 1000) throw new Error(`only ${all.length} findings of ${claims.length} claims`);
  writeFileSync(join(large, "findings.csv"), `${[head, ...all].join("\n")}\n`);
  const manifest = JSON.parse(readFileSync(join(large, "manifest.json"), "utf8"));
  manifest.bytes = manifest.sha256 = {};
  const pixels = Array.from(
      {length: 784}, (_, k) => `group-attack,digits,mlp,0.1,0.25,sign,8,20,30,${Math.floor(k / 28) + 1},${k % 28 + 1},${
                         k % 8 / 8},${(k + 1) % 8 / 8}`);
  writeFileSync(
      join(large, "attacked_image.csv"),
      `claim,data,model,l2,box,direction,label,flipped,trials,line,column,before,after\n${pixels.join("\n")}\n`);
  manifest.rows["attacked_image.csv"] = pixels.length;
  manifest.rows["findings.csv"] = all.length;
  writeFileSync(join(large, "manifest.json"), JSON.stringify(manifest, null, 2));
  fisherlab(program, "report", large, "--format", "html");
  return join(large, "report.html");
}

/** Nights, two runs compared, rows that stand out, wrong verdicts, and a page with all pictures. */
function* pages_of_their_own_kind(program, folder) {
  const [site, influence, calibration] = ["site", "influence", "calibration"].map((name) => join(folder, name));
  const nights = ["1", "2", "3", "4"].map((seed) => join(site, `night-${seed}`));
  mkdirSync(site);
  for (const [k, night] of nights.entries())
    fisherlab(
        program, 'verify', 'smoke', '--seed', String(k + 1), '--quiet', '--out', night, '--history',
        join(site, 'h.db'));
  fisherlab(program, "history", join(site, "h.db"), "--format", "html", "--out", site);
  fisherlab(program, "compare", nights[0], nights[1], "--format", "html", "--out", site);
  yield join(site, "index.html");
  yield join(site, "compare.html");
  yield join(nights[3], "report.html");

  const data = fileURLToPath(new URL("../../data/stack_loss.csv", import.meta.url));
  fisherlab(program, "influence", data, "--model", "linear", "--holdout", "0.2", "--quiet", "--out", influence);
  yield join(influence, "report.html");

  fisherlab(program, "calibrate", "smoke", "--runs", "2", "--quiet", "--out", calibration);
  fisherlab(program, "report", calibration, "--format", "html");
  yield join(calibration, "report.html");

  fisherlab(program, "report", nights[0], "--format", "html", "--full");
  yield join(nights[0], "report.html");
}

async function notices(browser, page, folder, [check, name, [from, to], said]) {
  if (from instanceof RegExp ? !from.test(page) : !page.includes(from)) return `${name}: the page has no '${from}'`;
  const path = join(folder, "broken.html");  // beside the data of the page
  writeFileSync(path, page.replace(from, from instanceof RegExp ? to : () => to));
  const complaints = await complaintsOf(browser, pathToFileURL(path).href, [check]);
  return complaints.some((each) => said.test(each)) ?
      "" :
      `${name} goes unnoticed; noticed: ${complaints.join("; ") || "nothing"}`;
}

const {values: given} =
    parseArgs({options: {program: {type: "string"}, browser: {type: "string"}, page: {type: "string"}}});
const folder = mkdtempSync(join(tmpdir(), "fisherlab-page-"));
const browser = await launch(given.browser);
let troubles = [];
try {
  const pages = given.page ? [resolve(given.page)] : Array.from(pages_of(given.program, folder));
  for (const path of pages)
    for (const trouble of await complaintsOf(browser, pathToFileURL(path).href)) troubles.push(`${path}: ${trouble}`);
  if (!given.page) {
    const page = readFileSync(pages[0], "utf8");
    for (const defect of defects) troubles.push(await notices(browser, page, dirname(pages[0]), defect));
    console.log(`${pages.length} pages and ${defects.length} broken ones tried`);
  }
} finally {
  await browser.close();
  rmSync(folder, {recursive: true, force: true});
}
troubles = troubles.filter(Boolean);
for (const trouble of troubles.slice(0, 50)) console.error(`report_page: ${trouble}`);
if (troubles.length > 50) console.error(`report_page: and ${troubles.length - 50} more`);
process.exitCode = troubles.length > 0 ? 1 : 0;
