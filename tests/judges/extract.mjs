// Prints the text pdf.js finds, one JSON object a page: {"page", "text"}.
// Run from the folder where `npm install pdfjs-dist` put its modules:
//   node extract.mjs MODULES FILE
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

const [modules, path] = process.argv.slice(2);
const entry = resolve(modules, "pdfjs-dist/legacy/build/pdf.mjs");
// Without the optional canvas it cannot draw, and nobody asks it to: a name for
// what it misses is enough, and its warnings are not for standard output.
globalThis.DOMMatrix ??= class {};
console.warn = console.log = () => {};
const pdfjs = await import(pathToFileURL(entry));

const data = new Uint8Array(readFileSync(path));
const pdf = await pdfjs.getDocument({ data, verbosity: 0 }).promise;
for (let page = 1; page <= pdf.numPages; page++) {
  const { items } = await (await pdf.getPage(page)).getTextContent();
  const text = items.map((item) => item.str + (item.hasEOL ? "\n" : "")).join("");
  process.stdout.write(JSON.stringify({ page, text }) + "\n");
}
