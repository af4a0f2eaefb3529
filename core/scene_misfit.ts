import { DEFAULT_SCENE } from "./scene.ts";

/** What is wrong with what should be a scene: a part that it lacks, or one that is no finite number; undefined where nothing is. */
export function sceneMisfit(given: unknown): string | undefined {
  const wrong = misfit(given, DEFAULT_SCENE);
  if (wrong === undefined) return undefined;
  const { path, found } = wrong;
  const told = typeof found === "number" || found === undefined || found === null ? found : `of type ${typeof found}`;
  return `a scene must be given, as { ...scene, ... }: ${path.length === 0 ? "it" : `its ${path.join(".")}`} is ${told}`;
}

/** The first place at which something is not built as an example is, and what is found there. */
function misfit(found: unknown, example: object | number): { readonly path: readonly string[]; readonly found: unknown } | undefined {
  if (typeof example === "number") return Number.isFinite(found) ? undefined : { path: [], found };
  if (typeof found !== "object" || found === null) return { path: [], found };
  for (const name in example) {
    const wrong = misfit(found[name as keyof typeof found], example[name as keyof typeof example]);
    if (wrong !== undefined) return { path: [name, ...wrong.path], found: wrong.found };
  }
  return undefined;
}
