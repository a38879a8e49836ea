// What a page looks like, asked from inside it. These functions are sent to the browser as text: each stands alone.

/**
 * What is wider than the window or sticks out of it at either side, except inside a container that scrolls; with
 * `paper`, inside one too, since nobody scrolls paper. And text that a picture cuts off.
 */
export function whatSticksOut(paper) {
  const troubles = [];
  const name = (element) =>
      `<${element.tagName.toLowerCase()}> '${(element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 40)}'`;
  const root = document.scrollingElement;
  if (root.scrollWidth > innerWidth) troubles.push(`the page is ${root.scrollWidth} wide in a window of ${innerWidth}`);
  const scrolls = (element) => {
    for (let box = element.parentElement; box && box !== root; box = box.parentElement)
      if (!paper && /auto|scroll/.test(getComputedStyle(box).overflowX)) return true;
    return false;
  };
  for (const element of document.body.querySelectorAll("*:not(svg *)")) {
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || box.right <= 0) continue;  // not drawn, or put out of sight on purpose
    if ((box.right > innerWidth + 0.5 || box.left < -0.5) && !scrolls(element))
      troubles.push(`${name(element)} reaches from ${box.left.toFixed(0)} to ${box.right.toFixed(0)}`);
    const kept = element.closest("table, pre") && element.scrollWidth > element.clientWidth + 1 &&
        getComputedStyle(element).display !== "inline";
    if (kept && (paper || !/auto|scroll/.test(getComputedStyle(element).overflowX)) && !scrolls(element))
      troubles.push(`${name(element)} is narrower than its text`);
  }
  for (const text of document.querySelectorAll("svg text")) {
    const box = text.getBoundingClientRect();
    const canvas = text.ownerSVGElement.getBoundingClientRect();
    if (box.width > 0 &&
        (box.left < canvas.left - 1 || box.right > canvas.right + 1 || box.top < canvas.top - 1 ||
         box.bottom > canvas.bottom + 1))
      troubles.push(`the picture '${text.closest("figure")?.querySelector("p")?.textContent}' cuts off '${
          text.textContent.trim()}'`);
  }
  return troubles;
}

/** Tables of rows that are wider than what holds them, so that columns are out of sight. */
export function whatIsCutAside() {
  return Array.from(document.querySelectorAll(".scroll"))
      .filter((box) => box.querySelector(".rows") && box.scrollWidth > box.clientWidth + 1)
      .map((box) => `the table '${box.querySelector("caption")?.textContent}' is ${box.scrollWidth} wide in ${
               box.clientWidth}`);
}

/** Text whose contrast with what lies behind it is below 4.5, the AA level of WCAG 2. */
export function whatIsFaint() {
  const channels = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = channels(colour).map(
        (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let box = element; box; box = box.parentElement) {
      const colour = getComputedStyle(box).backgroundColor;
      if (colour && channels(colour)[3] !== 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const faint = new Map();
  for (const element of document.body.querySelectorAll("*")) {
    if (!Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.data.trim())) continue;
    if (["SCRIPT", "STYLE", "OPTION"].includes(element.tagName) || element.getClientRects().length === 0) continue;
    const style = getComputedStyle(element);
    const [ink, paper] = [element.ownerSVGElement ? style.fill : style.color, behind(element)];
    const pair = `${ink} on ${paper}`;
    if (faint.has(pair)) continue;
    const [low, high] = [luminance(ink), luminance(paper)].sort((a, b) => a - b);
    const contrast = (high + 0.05) / (low + 0.05);
    faint.set(
        pair,
        contrast < 4.5 ? `contrast ${contrast.toFixed(2)} of ${pair}, in '${element.textContent.trim().slice(0, 40)}'` :
                         "");
  }
  return Array.from(faint.values()).filter(Boolean);
}

/** Pictures without words, words without pictures, and names that stand twice. */
export function whatIsUnnamed() {
  const troubles = [];
  for (const figure of document.querySelectorAll("figure")) {
    const title = figure.querySelector(".figure-title")?.textContent;
    if (!figure.querySelector("[role=img]")?.getAttribute("aria-label"))
      troubles.push(`the picture '${title}' has no text alternative`);
    if (!figure.querySelector("figcaption")?.textContent.trim()) troubles.push(`the picture '${title}' has no caption`);
    if (!figure.querySelector("svg")) troubles.push(`the picture '${title}' is missing`);
  }
  const seen = new Set();
  for (const {id} of document.querySelectorAll("[id]")) {
    if (seen.has(id)) troubles.push(`the id '${id}' stands twice`);
    seen.add(id);
  }
  for (const link of document.querySelectorAll("a[href^='#']"))
    if (!document.getElementById(link.getAttribute("href").slice(1)))
      troubles.push(`the link ${link.getAttribute("href")} leads nowhere`);
  return troubles;
}

/** Rows of one statement that read alike, and formulas that are no MathML. */
export function whatReadsAlike() {
  const troubles = [];
  for (const part of document.querySelectorAll("details.claim")) {
    const seen = new Set();
    for (const row of part.querySelectorAll("tr[data-verdict]")) {
      const text =
          [1, 2, 3].map((column) => row.cells[column].textContent).join("; ");  // model, n, measured
      if (seen.has(text)) troubles.push(`two rows of ${part.dataset.claim} read '${text}'`);
      seen.add(text);
    }
    const formula = part.querySelector(".formula");
    if (formula && /[=^]/.test(formula.textContent) && !formula.querySelector("math"))
      troubles.push(`the formula of ${part.dataset.claim} is no MathML`);
    for (const math of part.querySelectorAll("math"))
      if (math.namespaceURI !== "http://www.w3.org/1998/Math/MathML" || !math.getAttribute("alttext"))
        troubles.push(`a formula of ${part.dataset.claim} has no text alternative`);
  }
  return troubles;
}

/**
 * Pictures with an axis of fewer than three ticks: numbers in one line below, numbers that end in one line at the
 * left. A picture of pixels has no axes.
 */
export function whatHasFewTicks() {
  const troubles = [];
  for (const figure of document.querySelectorAll("figure")) {
    if (figure.querySelector("svg [shape-rendering=crispEdges]")) continue;
    const numbers = Array.from(figure.querySelectorAll("svg text"))
                        .filter((text) => /^[\s]*[-−]?[\d.]+(e[-+]?\d+)?( %)?[\s]*$/i.test(text.textContent))
                        .map((text) => {
                          const at = text.getCTM();
                          const anchor = text.closest("[text-anchor]")?.getAttribute("text-anchor");
                          return {x: Math.round(at.e), y: Math.round(at.f), anchor};
                        });
    const most = (all, side) => {
      const counts = new Map();
      for (const each of all) counts.set(each[side], (counts.get(each[side]) ?? 0) + 1);
      return Math.max(0, ...counts.values());
    };
    const title = figure.querySelector(".figure-title").textContent;
    const across = most(numbers.filter((each) => each.anchor === "middle"), "y");
    if (across < 3) troubles.push(`the picture '${title}' has ${across} ticks across`);
    const ended = numbers.filter((each) => each.anchor === "end");
    const up = most(ended, "x");
    if (ended.length > 0 && up < 3) troubles.push(`the picture '${title}' has ${up} ticks upwards`);
  }
  return troubles;
}

/** The title of each picture, and where the link to what it was drawn from leads; null where it has none. */
export function whereDataIs() {
  return Array.from(document.querySelectorAll("figure")).map((figure) => ({
    title: figure.querySelector(".figure-title").textContent,
    link: figure.querySelector("figcaption a[href*='.csv#row=']")?.getAttribute("href") ?? null
  }));
}

/** Statements and models whose findings the map does not lead to, and marks that say nothing. */
export function whatIsOffTheMap() {
  const troubles = [];
  const wanted = new Set();
  for (const row of document.querySelectorAll("tr[data-verdict]"))
    wanted.add(`${row.closest("details").dataset.claim}, ${
        row.dataset.model.replace(/ \[.*\]$/, "").replace(/( on [^(]*)\(.*\)$/, "$1")}`);
  const marks = Array.from(document.querySelectorAll(".map a.cell"));
  for (const mark of marks) {
    const name = mark.getAttribute("aria-label") ?? "";
    if (!/: \d+ (verified|refuted|failed|open|shown)/.test(name)) troubles.push(`a mark of the map says '${name}'`);
    if (!mark.querySelector("use")) troubles.push(`the mark '${name}' has no shape`);
    wanted.delete(name.slice(0, name.lastIndexOf(": ")));
  }
  for (const each of wanted) troubles.push(`the map does not lead to ${each}`);
  return troubles;
}
