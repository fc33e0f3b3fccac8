/*
 * Compiles the server: the TypeScript of lib/ and drizzle/ becomes JavaScript in `.server/`, with source
 * maps. The entries share chunks, so that each module exists only once in a process that loads several
 * entries.
 */
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import { serverEntries, serverFolder } from "./compiled-server.mjs";
import { root } from "./root.mjs";

const outputFolder = path.join(root, serverFolder);

/**
 * Replaces `import.meta.url` with the URL of the source file, because the code locates other files relative
 * to it. Every output file must be directly in the output folder.
 * @type {import("esbuild").Plugin}
 */
const sourceUrls = {
  name: "source-urls",
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
      const text = await readFile(file, "utf8");
      if (!text.includes("import.meta")) return undefined;
      if (/import\.meta\.(?!url\b)/.test(text)) {
        return { errors: [{ text: "Of import.meta only import.meta.url works in the compiled server" }] };
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
  // The real module throws outside React's server condition. Next's build enforces it.
  alias: { "server-only": path.join(root, "node_modules/server-only/empty.js") },
  platform: "node",
  format: "esm",
  target: "node20.19",
  sourcemap: "linked",
  // The sources are in the repository already, and Node reads whole maps into memory.
  sourcesContent: false,
  plugins: [sourceUrls],
  logLevel: "warning",
});
