/*
 * Compiles the server: the TypeScript of lib/ and drizzle/ becomes JavaScript in `.server/`, with source maps. The entries
 * share chunks, so that each module exists once in a process, however many entries the process loads.
 */
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import { serverEntries, serverFolder } from "./compiled-server.mjs";
import { root } from "./root.mjs";

const outputFolder = path.join(root, serverFolder);

/**
 * Lets `import.meta.url` name the source file, as it does where nothing is bundled: files are looked for relative to it.
 * Needs every output file to be directly in the output folder.
 * @type {import("esbuild").Plugin}
 */
const sourceUrls = {
  name: "source-urls",
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
      const text = await readFile(file, "utf8");
      if (!text.includes("import.meta")) return undefined;
      if (/import\.meta\.(?!url\b)/.test(text)) {
        return { errors: [{ text: "Only import.meta.url keeps its meaning in the compiled server" }] };
      }
      const source = path.relative(outputFolder, file).split(path.sep).join("/");
      const url = `new URL(${JSON.stringify(source)}, import.meta.url).href`;
      return { contents: text.replaceAll("import.meta.url", url), loader: "ts" };
    });
  },
};

await rm(outputFolder, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: Object.entries(serverEntries).map(([out, source]) => ({ in: source, out })),
  outdir: outputFolder,
  chunkNames: "chunk-[hash]",
  bundle: true,
  splitting: true,
  packages: "external",
  // Its real module throws outside of React's server condition; it guards what Next builds.
  alias: { "server-only": path.join(root, "node_modules/server-only/empty.js") },
  platform: "node",
  format: "esm",
  target: "node20.19",
  sourcemap: "linked",
  // The sources are in the repository; the maps are read into memory.
  sourcesContent: false,
  plugins: [sourceUrls],
  logLevel: "warning",
});
