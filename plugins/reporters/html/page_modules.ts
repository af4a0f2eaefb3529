import { stripTypeScriptTypes } from "node:module";

const PROJECT = new URL("../../../", import.meta.url);

/** An import or export from another module, after types are gone. */
const IMPORT = /^((?:import|export)\b[^"';]*?\bfrom\s*|import\s*)"(\.[^"]+)"/gm;

/**
 * The modules that a browser needs to run one of the project's own, types taken out: the page runs the very code that a run has run. Modules name
 * one another by their paths in the project, which a page's import map resolves.
 *
 * @returns JavaScript by path, the entry first.
 */
export async function browserModules(entry: string): Promise<Map<string, string>> {
  const modules = new Map<string, string>();
  const waiting = [entry];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (modules.has(path)) continue;
    const url = new URL(path, PROJECT);
    const script = stripTypeScriptTypes(await Deno.readTextFile(url));
    const linked = script.replaceAll(IMPORT, (_, keyword: string, specifier: string) => {
      const target = new URL(specifier, url).href.slice(PROJECT.href.length);
      waiting.push(target);
      return `${keyword}"${target}"`;
    });
    modules.set(path, compact(linked));
  }
  return modules;
}

/** A module as the address that an import map can point to. */
export function moduleAddress(script: string): string {
  return `data:text/javascript;charset=utf-8;base64,${new TextEncoder().encode(script).toBase64()}`;
}

/** Without the blanks that types have left behind. */
function compact(script: string): string {
  return script.split("\n").map((line) => line.trimEnd()).filter((line) => line !== "").join("\n");
}
