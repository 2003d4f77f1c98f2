// Builds what the browser gets: styles, scripts, fonts, icons -> src/sidara/ui/static/ui/.
// Every name but the chart fonts' carries a hash of its content, so that browsers may keep it for ever;
// `manifest.json` says which name belongs to which source. Files are compressed once, here.
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

const SOURCE = "src/sidara/ui/assets";
const TARGET = "src/sidara/ui/static/ui";
const FONT = "node_modules/@fontsource/plus-jakarta-sans";
const CHART_FONT = "node_modules/@expo-google-fonts/plus-jakarta-sans";
const ICONS = "node_modules/@tabler/icons/icons/outline";
const manifest = {};

async function write(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();
  const { name: stem, ext } = path.parse(name);
  manifest[name] = `${stem}-${hash}${ext}`;
  await writeFile(path.join(TARGET, manifest[name]), content);
  return manifest[name];
}

async function fonts() {
  for (const weight of [400, 600]) {
    const file = await readFile(`${FONT}/files/plus-jakarta-sans-latin-${weight}-normal.woff2`);
    await write(`huruf-${weight}.woff2`, file);
  }
  await copyFile(`${FONT}/LICENSE`, path.join(TARGET, "LICENSE-plus-jakarta-sans.txt"));
  // The chart renderer measures text with these; browsers never ask for them.
  await mkdir(path.join(TARGET, "bagan"), { recursive: true });
  for (const face of ["400Regular", "600SemiBold"]) {
    const file = `PlusJakartaSans_${face}.ttf`;
    await copyFile(`${CHART_FONT}/${face}/${file}`, path.join(TARGET, "bagan", file));
  }
}

async function bundles() {
  const result = await build({
    entryPoints: [
      ...["app.css", "app.js", "atlas.css", "atlas.js", "account.css", "account.js", "editing.css", "entry.css", "kokpit.css", "alignment.css", "papan.css", "programmes.css", "programmes.js", "worker.js"].map((name) => ({
        in: `${SOURCE}/${name}`,
        out: path.parse(name).name,
      })),
      ...["entry", "evidence", "tasks", "takeaway", "revoked"].map((name) => ({ in: `src/sidara/collection/static/collection/${name}.js`, out: name })),
      ...["along", "review"].map((name) => ({ in: `src/sidara/verification/static/verification/${name}.js`, out: name })),
    ],
    loader: { ".png": "dataurl" },
    outdir: TARGET,
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: ["chrome109", "firefox115", "safari16"],
    plugins: [
      {
        name: "fonts-by-their-hashed-names",
        setup(bundler) {
          bundler.onResolve({ filter: /^huruf-\d+\.woff2$/ }, ({ path: name }) => ({
            path: `./${manifest[name]}`,
            external: true,
          }));
        },
      },
    ],
  });
  for (const file of result.outputFiles) await write(path.basename(file.path), file.contents);
}

async function icons() {
  // Only those in use; `tests/ui` compares the list with the templates.
  const names = (await readFile(`${SOURCE}/icons.txt`, "utf8")).split("\n").filter(Boolean);
  let sprite = (await readFile(`${SOURCE}/patterns.svg`, "utf8")).replace(/\s*\n\s*/g, "");
  for (const name of names) {
    const drawing = (await readFile(`${ICONS}/${name}.svg`, "utf8"))
      .replace(/<!--[\s\S]*?-->/g, "")
      .replace(/^[\s\S]*?<svg[^>]*>/, "")
      .replace(/<\/svg>\s*$/, "")
      .replace(/\s+/g, " ")
      .replace(/> </g, "><")
      .trim();
    sprite += `<symbol id="i-${name}" viewBox="0 0 24 24">${drawing}</symbol>`;
  }
  await write("ikon.svg", sprite);
  await write("merek.svg", await readFile(`${SOURCE}/merek.svg`));
  await copyFile("node_modules/@tabler/icons/LICENSE", path.join(TARGET, "LICENSE-tabler-icons.txt"));
}

async function compress() {
  const best = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
  for (const name of Object.values(manifest)) {
    if (!/\.(css|js|svg)$/.test(name)) continue;
    const content = await readFile(path.join(TARGET, name));
    await writeFile(path.join(TARGET, `${name}.gz`), gzipSync(content, { level: 9 }));
    await writeFile(path.join(TARGET, `${name}.br`), brotliCompressSync(content, best));
  }
}

await rm(TARGET, { recursive: true, force: true });
await mkdir(TARGET, { recursive: true });
await fonts();
await bundles();
await icons();
await compress();
await writeFile(path.join(TARGET, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
for (const [source, name] of Object.entries(manifest)) {
  const { length } = await readFile(path.join(TARGET, name));
  process.stdout.write(`${source.padEnd(16)} ${String(length).padStart(7)} B  ${name}\n`);
}
