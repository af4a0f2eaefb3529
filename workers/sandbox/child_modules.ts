import { stripTypeScriptTypes } from "node:module";

/**
 * A module of the child process as a `data:` URL, with the modules that it imports inside. So the process needs no permission to read its own
 * code, and Deno writes no compiled copies of it.
 */
export async function childModule(file: URL): Promise<string> {
  let script = stripTypeScriptTypes(await Deno.readTextFile(file));
  for (const [statement, specifier] of script.matchAll(/^import\b[^;]*?\bfrom "(\.[^"]+)";$/gm)) {
    const imported = await childModule(new URL(specifier, file));
    script = script.replace(statement, statement.replace(specifier, imported));
  }
  return `data:text/javascript;base64,${new TextEncoder().encode(script).toBase64()}`;
}
