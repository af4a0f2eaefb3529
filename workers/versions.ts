import config from "../deno.json" with { type: "json" };

/** Versions of this program and of what computes pictures and scores, as the import map pins them. */
export function runVersions(): Record<string, string> {
  const imports = config.imports as Record<string, string>;
  const dependencies = ["onnxruntime-node", "three"].map((name) => {
    const version = imports[name].match(/@([^@/]+)$/);
    if (version === null) throw new Error(`The import map pins no version of ${name}`);
    return [name, version[1]];
  });
  return { orthotope: config.version, ...Object.fromEntries(dependencies) };
}
