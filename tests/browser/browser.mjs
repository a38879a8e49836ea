// A headless Chromium behind a pipe, spoken to by the Chrome DevTools protocol: no package, any node from 18 on.
import {spawn} from "node:child_process";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Starts `program`; `close()` ends it and removes its profile. */
export async function launch(program) {
  const profile = mkdtempSync(join(tmpdir(), "fisherlab-browser-"));
  const child = spawn(
      program,
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
        "--remote-debugging-pipe", `--user-data-dir=${profile}`, "about:blank"
      ],
      {stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"]});
  const waiting = new Map();
  const listeners = new Set();
  let next = 1;
  let rest = "";
  let dead = null;

  const fail = (why) => {
    dead ??= new Error(`the browser ended (${why})`);
    for (const {reject} of waiting.values()) reject(dead);
    waiting.clear();
  };
  const ended = new Promise((resolve) => child.on("close", resolve));
  child.on("error", (error) => fail(error.message));
  child.on("exit", (code) => fail(`exit code ${code}`));
  child.stdio[3].on("error", () => {});
  child.stdio[4].setEncoding("utf8");
  child.stdio[4].on("data", (text) => {
    const messages = (rest + text).split("\0");
    rest = messages.pop();
    for (const message of messages.map((line) => JSON.parse(line))) {
      const call = waiting.get(message.id);
      waiting.delete(message.id);
      if (call && message.error)
        call.reject(new Error(`${call.method}: ${message.error.message}`));
      else if (call)
        call.resolve(message.result);
      else
        for (const listener of listeners) listener(message);
    }
  });

  const send = (method, params = {}, sessionId = undefined) => new Promise((resolve, reject) => {
    if (dead) return reject(dead);
    waiting.set(next, {method, resolve, reject});
    child.stdio[3].write(`${JSON.stringify({id: next++, method, params, sessionId})}\0`);
  });

  return {
    /** Opens `url` in a tab of its own and waits until it is loaded. */
    async open(url, size) {
      const {targetId} = await send("Target.createTarget", {url: "about:blank"});
      const {sessionId} = await send("Target.attachToTarget", {targetId, flatten: true});
      const page =
          new Page((method, params) => send(method, params, sessionId), () => send("Target.closeTarget", {targetId}));
      listeners.add((message) => message.sessionId === sessionId && page.hear(message));
      await page.load(url, size);
      return page;
    },
    async close() {
      await send("Browser.close").catch(() => {});
      if (await Promise.race([ended.then(() => false), pause(3000).then(() => true)])) child.kill("SIGKILL");
      await ended;
      rmSync(profile, {recursive: true, force: true, maxRetries: 5});
    },
  };
}

/** A tab. `complaints` fills with what the browser has to say against the page. */
class Page {
  complaints = [];
  #send;
  #close;
  #loaded;
  #url;

  constructor(send, close) {
    this.#send = send;
    this.#close = close;
  }

  async load(url, size) {
    this.#url = url;
    for (const domain of ["Page", "Runtime", "Log", "Network"]) await this.#send(`${domain}.enable`);
    await this.resize(size);
    const loaded = new Promise((resolve) => {
      this.#loaded = resolve;
    });
    await this.#send("Page.navigate", {url});
    await loaded;
    await this.settle();
  }

  /**
   * Milliseconds of processor time that the page's own thread takes to load, lay out and draw it again, which other
   * programs on the machine do not lengthen. */
  async workToDraw() {
    const taskTime = async () => {
      const {metrics} = await this.#send("Performance.getMetrics");
      return metrics.find(({name}) => name === "TaskDuration").value;
    };
    await this.#send("Performance.enable", {timeDomain: "threadTicks"});
    const before = await taskTime();
    const loaded = new Promise((resolve) => {
      this.#loaded = resolve;
    });
    await this.#send("Page.reload");
    await loaded;
    await this.settle();
    const after = await taskTime();
    await this.#send("Performance.disable");
    return 1000 * (after >= before ? after - before : after);  // a page in a new process counts from 0
  }

  hear({method, params}) {
    if (method === "Page.loadEventFired") this.#loaded();
    if (method === "Runtime.exceptionThrown")
      this.complaints.push(
          `exception: ${params.exceptionDetails.exception?.description ?? params.exceptionDetails.text}`);
    if (method === "Runtime.consoleAPICalled" && ["error", "warning", "assert"].includes(params.type))
      this.complaints.push(
          `console ${params.type}: ${params.args.map((each) => each.value ?? each.description).join(" ")}`);
    if (method === "Log.entryAdded" && ["error", "warning"].includes(params.entry.level))
      this.complaints.push(`log ${params.entry.level}: ${params.entry.text}`);
    if (method === "Network.requestWillBeSent" && params.request.url !== this.#url &&
        !params.request.url.startsWith("data:"))
      this.complaints.push(`asks for ${params.request.url}`);
    if (method === "Page.javascriptDialogOpening") {
      this.complaints.push(`dialog: ${params.message}`);
      this.#send("Page.handleJavaScriptDialog", {accept: true});
    }
  }

  /** Runs a function of the page with JSON arguments and gives what it returns. */
  async ask(what, ...given) {
    const expression = `(${what})(...${JSON.stringify(given)})`;
    const {result, exceptionDetails} =
        await this.#send("Runtime.evaluate", {expression, returnByValue: true, awaitPromise: true});
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Until the page has been drawn with everything so far. */
  settle() {
    return this.ask(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0))));
  }

  async resize([width, height]) {
    await this.#send("Emulation.setDeviceMetricsOverride", {width, height, deviceScaleFactor: 1, mobile: false});
  }

  async appear({media = "", scheme}) {
    await this.#send("Emulation.setEmulatedMedia", {media, features: [{name: "prefers-color-scheme", value: scheme}]});
    await this.settle();
  }

  async mouse(x, y) {
    await this.#send("Input.dispatchMouseEvent", {type: "mouseMoved", x, y});
    for (const type of ["mousePressed", "mouseReleased"])
      await this.#send("Input.dispatchMouseEvent", {type, x, y, button: "left", clickCount: 1});
    await this.settle();
  }

  /** Presses the left button in the middle of the first element that `selector` finds, scrolled into view. */
  async click(selector) {
    const at = await this.ask((wanted) => {
      const element = document.querySelector(wanted);
      element.scrollIntoView({block: "center", behavior: "instant"});
      const box = element.getBoundingClientRect();
      return {x: box.x + box.width / 2, y: box.y + box.height / 2};
    }, selector);
    await this.mouse(at.x, at.y);
  }

  /** Presses a key by its DOM name: "Tab", "Enter", "ArrowDown", " " or a letter. */
  async key(name, modifiers = 0) {
    const code = {Tab: 9, Enter: 13, Escape: 27, " ": 32, Home: 36, ArrowLeft: 37, ArrowUp: 38, ArrowRight: 39, ArrowDown: 40}[name] ??
        name.toUpperCase().charCodeAt(0);
    const text = {Enter: "\r"}[name] ?? (name.length === 1 ? name : undefined);
    const event = {key: name, windowsVirtualKeyCode: code, modifiers};
    await this.#send("Input.dispatchKeyEvent", {...event, type: text ? "keyDown" : "rawKeyDown", text});
    await this.#send("Input.dispatchKeyEvent", {...event, type: "keyUp"});
    await this.settle();
  }

  /** What a screen reader is told: role and name of every node that is not passed over. */
  async spoken() {
    await this.#send("Accessibility.enable");
    const {nodes} = await this.#send("Accessibility.getFullAXTree");
    await this.#send("Accessibility.disable");
    return nodes.filter((node) => !node.ignored).map((node) => ({role: node.role?.value, name: node.name?.value ?? ""}));
  }

  async screenshot() {
    return Buffer.from((await this.#send("Page.captureScreenshot")).data, "base64");
  }

  /** The page as PDF on A4, as the print dialog would make it. */
  async pdf() {
    const {data} = await this.#send("Page.printToPDF", {paperWidth: 8.27, paperHeight: 11.69, printBackground: false});
    return Buffer.from(data, "base64");
  }

  close() {
    return this.#close();
  }
}
