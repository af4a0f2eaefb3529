import type { PluginKinds } from "../../core/registry.ts";

/** An example of each kind, in `docs/plugins`: its file and the name of its plugin. */
export const EXAMPLES: Readonly<Record<keyof PluginKinds, { readonly file: string; readonly name: string }>> = {
  parameter: { file: "fog", name: "fog" },
  method: { file: "cautious", name: "cautious" },
  classifier: { file: "prevailing_color", name: "prevailing-color" },
  renderer: { file: "ray_caster", name: "ray-caster" },
  reporter: { file: "markdown", name: "markdown" },
};

/** Text of an example, or of its test, under another name. */
export async function renamedExample(kind: keyof PluginKinds, name: string, suffix: "" | "_test"): Promise<string> {
  const example = EXAMPLES[kind];
  const text = await Deno.readTextFile(new URL(`../../docs/plugins/${example.file}${suffix}.ts`, import.meta.url));
  return text
    .replace(`name: "${example.name}"`, `name: "${name}"`)
    .replace(`"./${example.file}.ts"`, `"./${fileName(name)}.ts"`)
    .replace(`\`${example.name}: `, `\`${name}: `);
}

/** The file of a plugin, without its ending. */
export function fileName(name: string): string {
  return name.replaceAll("-", "_");
}
