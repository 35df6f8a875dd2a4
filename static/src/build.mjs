// Builds everything the browser loads into static/vendor/ (git-ignored).
//
// Front end in short
//   app.css      Bootstrap's stylesheet (its data: icons taken out) followed by theme.css,
//                as ONE file: linked apart, the first paint between the two asks for icons
//                the Content-Security-Policy refuses.
//   htmx.min.js  htmx as published.
//   app.js       src/app/: listeners bound to data attributes; loaded on every page.
//   editor.js    src/editor/: the rich-text editor; loaded only where a body is written.
//   icons.svg    a sprite of the icons named in icons.json: <use href="…/icons.svg#house">.
//   licences.txt the licence texts of the packages below.
//   *.gz         each of the above, compressed ahead of time.
//   manifest.json  sha384 (as in an integrity attribute), sizes, and the licence of every
//                npm package with a byte in an output.
//
// The oldest browsers served set the esbuild target; that lowers syntax only, so methods
// Chromium 86 lacks are filled in by src/editor/polyfill.js. Nothing here may need eval, inline
// script, inline style or a data: URL. The same input gives the same bytes.
//
// Run: npm ci --omit=dev && npm run build

import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

const SRC = dirname(fileURLToPath(import.meta.url));
const ROOT = join(SRC, "..", "..");
const OUT = join(SRC, "..", "vendor");
const TARGET = ["chrome86", "safari14.1", "firefox78"];

const fromModules = (path) => readFile(join(ROOT, "node_modules", path), "utf8");

/** A plain script: one self-calling function, minified. */
async function script(entry) {
  const result = await build({
    absWorkingDir: ROOT,
    entryPoints: [join(SRC, entry)],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "iife",
    target: TARGET,
    charset: "utf8",
    legalComments: "none",
  });
  return { text: result.outputFiles[0].text, packages: packagesIn(result.metafile) };
}

/** Names of the npm packages that contributed bytes to a bundle. */
function packagesIn(metafile) {
  const [output] = Object.values(metafile.outputs);
  return Object.entries(output.inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1])
    .filter(Boolean);
}

async function stylesheet() {
  const bootstrap = await fromModules("bootstrap/dist/css/bootstrap.min.css");
  const theme = await readFile(join(SRC, "theme.css"), "utf8");
  const withoutDataIcons = bootstrap.replace(/url\((["']?)data:.*?\1\)/g, "none");
  const { code } = await transform(withoutDataIcons + "\n" + theme, {
    loader: "css",
    minify: true,
    target: TARGET,
    charset: "utf8",
    legalComments: "none",
  });
  if (code.includes("data:")) throw new Error("a data: URL is left in app.css");
  return { text: code, packages: ["bootstrap"] };
}

async function sprite() {
  const names = JSON.parse(await readFile(join(SRC, "icons.json"), "utf8"));
  const symbols = await Promise.all(names.map(symbol));
  const text = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
  return { text, packages: ["bootstrap-icons"] };
}

async function symbol(name) {
  const svg = await fromModules(`bootstrap-icons/icons/${name}.svg`);
  const [, viewBox] = svg.match(/viewBox="([^"]+)"/);
  const [, shapes] = svg.match(/<svg[^>]*>([\s\S]*)<\/svg>/);
  return `<symbol id="${name}" viewBox="${viewBox}">${shapes.replace(/\s*\n\s*/g, "")}</symbol>`;
}

async function htmx() {
  return { text: await fromModules("htmx.org/dist/htmx.min.js"), packages: ["htmx.org"] };
}

async function describePackage(name) {
  const { version, license } = JSON.parse(await fromModules(`${name}/package.json`));
  return { name, version, licence: license };
}

async function licenceText({ name, version }) {
  const files = await readdir(join(ROOT, "node_modules", name));
  const file = files.find((each) => /^licen[cs]e(\.|$)/i.test(each));
  if (!file) throw new Error(`${name} comes without a licence text`);
  return `${name} ${version}\n\n${(await fromModules(`${name}/${file}`)).trim()}\n`;
}

/** gzip without the byte that names the operating system, so that builds compare equal. */
function compress(bytes) {
  const packed = gzipSync(bytes, { level: 9 });
  packed[9] = 255;
  return packed;
}

async function put(name, text) {
  const bytes = Buffer.from(text, "utf8");
  const packed = compress(bytes);
  await writeFile(join(OUT, name), bytes);
  await writeFile(join(OUT, `${name}.gz`), packed);
  const digest = createHash("sha384").update(bytes).digest("base64");
  return { sha384: `sha384-${digest}`, bytes: bytes.length, gzip: packed.length };
}

const outputs = {
  "app.css": await stylesheet(),
  "app.js": await script("app/main.js"),
  "editor.js": await script("editor/main.js"),
  "htmx.min.js": await htmx(),
  "icons.svg": await sprite(),
};

const used = new Set(Object.values(outputs).flatMap(({ packages }) => packages));
const packages = await Promise.all([...used].sort().map(describePackage));
const licences = await Promise.all(packages.map(licenceText));
outputs["licences.txt"] = { text: licences.join(`\n${"-".repeat(72)}\n\n`) };

await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });

const files = {};
for (const [name, { text }] of Object.entries(outputs)) files[name] = await put(name, text);

await writeFile(join(OUT, "manifest.json"), JSON.stringify({ files, packages }, null, 2) + "\n");

for (const [name, { bytes, gzip }] of Object.entries(files)) {
  const [raw, packed] = [bytes, gzip].map((size) => String(size).padStart(7));
  console.log(`${name.padEnd(12)} ${raw} bytes ${packed} gzip`);
}
