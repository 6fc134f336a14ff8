// Builds what browsers get, told by hatch_build.py: one sheet of what is used, small scripts and drawings, pictures of
// the icon for phones; each under a name with its hash, with gzip and brotli beside it, and a list of those names.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, extname, join } from "node:path";
import { brotliCompressSync, constants, crc32, deflateSync, gzipSync } from "node:zlib";

const plan = JSON.parse(readFileSync(0, "utf8"));
const need = createRequire(join(plan.modules, "."));
const { transformSync } = need("esbuild");
const { PurgeCSS } = need("purgecss");
const { Resvg, initWasm } = need("@resvg/resvg-wasm");
const subsetFont = need("subset-font");

const PACKED = new Set([".css", ".js", ".svg"]);
const BEST = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
const files = {};
const source = (name) => readFileSync(join(plan.static, name));
const small = (text, loader) => transformSync(text, { loader, minify: true, target: "es2022" }).code;

function put(name, content) {
  const data = Buffer.from(content);
  const hash = createHash("sha256").update(data).digest("hex").slice(0, 12);
  const ending = extname(name);
  const built = `${basename(name, ending)}.${hash}${ending}`;
  const path = join(plan.target, built);
  writeFileSync(path, data);
  if (PACKED.has(ending)) {
    writeFileSync(`${path}.gz`, gzipSync(data, { level: 9 }));
    writeFileSync(`${path}.br`, brotliCompressSync(data, BEST));
  }
  files[name] = `built/${built}`;
  return built;
}

// each font of a sheet with the letters and weights that its @font-face names, and no more
async function fonts(whole) {
  for (const [face] of whole.matchAll(/@font-face\s*\{[^}]*\}/g)) {
    const name = /vendor\/[\w-]+\.woff2/.exec(face)?.[0];
    if (!name) continue;
    const [, min, max] = /font-weight:\s*(\d+) (\d+)/.exec(face);
    const wanted = { targetFormat: "woff2", variationAxes: { wght: { min: Number(min), max: Number(max) } } };
    put(name, await subsetFont(source(name), letters(face), wanted));
  }
}

function letters(face) {
  let text = "";
  for (const [, first, last] of face.matchAll(/U\+([0-9A-F]{4})(?:-([0-9A-F]{4}))?/g)) {
    for (let at = parseInt(first, 16); at <= parseInt(last ?? first, 16); at++) text += String.fromCodePoint(at);
  }
  return text;
}

async function sheet() {
  const whole = plan.sheets.map((name) => source(name).toString()).join("\n");
  await fonts(whole);
  const [purged] = await new PurgeCSS().purge({
    content: [{ raw: plan.names.join(" "), extension: "txt" }],
    css: [{ raw: whole }],
    keyframes: true,
    variables: true,
    safelist: { variables: [/^--(?!tblr)/] }, // ours are used in margin boxes and by scripts too, where it does not look
  });
  const linked = purged.css.replace(/url\(["']?\.\.\/(vendor\/[^"')]+)["']?\)/g, (_, name) => {
    return `url(${basename(files[name] ?? put(name, source(name)))})`;
  });
  put("sheet.css", small(linked, "css"));
}

function drawings() {
  const lines = source("vendor/icons.svg").toString().split("\n");
  const used = new Set(plan.icons);
  const kept = lines.filter((line) => !line.startsWith("<symbol") || used.has(/id="([^"]+)"/.exec(line)[1]));
  put("vendor/icons.svg", kept.join("\n"));
  for (const name of ["icon.svg", "marks.svg"]) put(name, source(name));
}

async function pictures() {
  await initWasm(readFileSync(need.resolve("@resvg/resvg-wasm/index_bg.wasm")));
  const icon = source("icon.svg").toString();
  const full = icon.replace(/rx="8"/, ""); // the phone cuts its own corners
  for (const size of [192, 512]) picture(`icon-${size}.png`, icon, size);
  picture("icon-whole-512.png", full, 512);
  picture("icon-touch-180.png", full, 180);
}

function picture(name, drawing, size) {
  const drawn = new Resvg(drawing, { fitTo: { mode: "width", value: size } }).render();
  put(name, paletted(drawn) ?? drawn.asPng());
}

// the same picture with its few colours in a palette, in half the bytes; null where they are many
function paletted({ width, height, pixels }) {
  const colours = new Map();
  const rows = Buffer.alloc(height * (width + 1)); // each row begins with its filter: none
  for (let at = 0; at < width * height; at++) {
    const [red, green, blue, alpha] = pixels.subarray(4 * at, 4 * at + 4);
    const plain = alpha ? [red, green, blue].map((one) => Math.min(255, Math.round((one * 255) / alpha))) : [0, 0, 0];
    const colour = [...plain, alpha].join();
    if (!colours.has(colour)) colours.set(colour, colours.size);
    if (colours.size > 256) return null;
    rows[at + 1 + Math.floor(at / width)] = colours.get(colour);
  }
  const listed = [...colours.keys()].map((colour) => colour.split(",").map(Number));
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3], 8); // eight bits a pixel, of a palette
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    chunk("PLTE", Buffer.from(listed.flatMap((colour) => colour.slice(0, 3)))),
    chunk("tRNS", Buffer.from(listed.map((colour) => colour[3]))),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(kind, data) {
  const named = Buffer.concat([Buffer.from(kind), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

mkdirSync(plan.target, { recursive: true });
await sheet();
for (const name of plan.scripts) put(name, small(source(name).toString(), "js"));
drawings();
await pictures();
writeFileSync(join(plan.target, "list.json"), JSON.stringify({ fingerprint: plan.fingerprint, files }, null, 1));
