// Builds what browsers get, told by hatch_build.py: one sheet of what is used, small scripts and drawings, pictures of
// the icon for phones; each under a name with its hash, with gzip and brotli beside it, and a list of those names.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const plan = JSON.parse(readFileSync(0, "utf8"));
const need = createRequire(join(plan.modules, "."));
const { transformSync } = need("esbuild");
const { PurgeCSS } = need("purgecss");
const { Resvg, initWasm } = need("@resvg/resvg-wasm");

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

async function sheet() {
  const whole = plan.sheets.map((name) => source(name).toString()).join("\n");
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
  put(name, drawn.asPng());
}

mkdirSync(plan.target, { recursive: true });
await sheet();
for (const name of plan.scripts) put(name, small(source(name).toString(), "js"));
drawings();
await pictures();
writeFileSync(join(plan.target, "list.json"), JSON.stringify({ fingerprint: plan.fingerprint, files }, null, 1));
