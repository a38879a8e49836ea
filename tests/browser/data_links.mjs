// Where the data of a picture are, followed as a reader would.
import {existsSync, readdirSync, readFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

import {whereDataIs} from "./looks.mjs";

/** Lines of a CSV file, its header among them; one in quotation marks may go over several. */
function rowsOf(path) {
  let [rows, quoted] = [0, false];
  for (const letter of readFileSync(path, "utf8")) {
    if (letter === "\"") quoted = !quoted;
    if (letter === "\n" && !quoted) ++rows;
  }
  return rows;
}

/** Each picture has a link to what it was drawn from, which leads to rows that the file beside the page has. */
export async function data(page, complain, url) {
  const folder = dirname(fileURLToPath(url));
  if (!readdirSync(folder).some((name) => name.endsWith(".csv"))) return;  // a page that was written elsewhere
  const counts = new Map();
  for (const {title, link} of await page.ask(whereDataIs)) {
    const parts = link?.match(/^([\w]+\.csv)#row=(\d+(?:-\d+)?(?:;\d+(?:-\d+)?)*)$/);
    if (!parts) {
      complain(`the picture '${title}' has no link to its data`);
      continue;
    }
    const path = join(folder, parts[1]);
    if (!existsSync(path)) {
      complain(`the picture '${title}' has its data in ${parts[1]}, which is not there`);
      continue;
    }
    if (!counts.has(path)) counts.set(path, rowsOf(path));
    const numbers = Array.from(parts[2].matchAll(/\d+/g), Number);
    if (Math.min(...numbers) < 2 || Math.max(...numbers) > counts.get(path))
      complain(`the picture '${title}' has its data in rows ${parts[2]} of ${parts[1]}, which has ${counts.get(path)}`);
  }
}
