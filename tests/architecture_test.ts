import { assertEquals } from "@std/assert";

const ROOT = new URL("../", import.meta.url);

/** What each folder may import from the project besides itself. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  core: [],
  plugins: ["core"],
  workers: ["core", "plugins", "deno.json"],
  training: ["core", "plugins", "workers"],
  commands: ["core", "plugins", "workers", "training", "deno.json"],
};

async function* sources(folder: URL): AsyncGenerator<URL> {
  for await (const entry of Deno.readDir(folder)) {
    const url = new URL(entry.name + (entry.isDirectory ? "/" : ""), folder);
    if (entry.isDirectory) yield* sources(url);
    else if (entry.name.endsWith(".ts")) yield url;
  }
}

async function importsOf(source: URL): Promise<string[]> {
  const text = await Deno.readTextFile(source);
  return [...text.matchAll(/^\s*(?:import|export)\b[^"';]*?\bfrom\s+"([^"]+)"|\bimport\(\s*"([^"]+)"/gm)].map((match) =>
    match[1] ?? match[2]
  );
}

function isFolder(name: string): boolean {
  try {
    return Deno.statSync(new URL(name, ROOT)).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

for (const [folder, allowed] of Object.entries(ALLOWED).filter(([name]) => isFolder(name))) {
  Deno.test(`${folder}/ imports only from ${["itself", ...allowed].join(", ")}${folder === "core" ? ", and no package" : ""}`, async () => {
    const offenders: string[] = [];
    for await (const source of sources(new URL(`${folder}/`, ROOT))) {
      for (const specifier of await importsOf(source)) {
        if (!specifier.startsWith(".")) {
          if (folder === "core") offenders.push(`${source.pathname}: ${specifier}`);
          continue;
        }
        const target = new URL(specifier, source).pathname.slice(ROOT.pathname.length).split("/")[0];
        if (target !== folder && !allowed.includes(target)) offenders.push(`${source.pathname}: ${specifier}`);
      }
    }
    assertEquals(offenders, []);
  });
}

Deno.test("imports make no circles", async () => {
  const graph = new Map<string, string[]>();
  for (const folder of Object.keys(ALLOWED).filter(isFolder)) {
    for await (const source of sources(new URL(`${folder}/`, ROOT))) {
      const specifiers = (await importsOf(source)).filter((specifier) => specifier.startsWith("."));
      graph.set(source.href, specifiers.map((specifier) => new URL(specifier, source).href));
    }
  }
  const state = new Map<string, "open" | "done">();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]) => {
    if (state.get(file) === "done") return;
    if (state.get(file) === "open") {
      return void circles.push([...path.slice(path.indexOf(file)), file].map((url) => url.slice(ROOT.href.length)).join(" -> "));
    }
    state.set(file, "open");
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    state.set(file, "done");
  };
  for (const file of graph.keys()) visit(file, []);
  assertEquals(circles, []);
});
