import { DEFAULT_SCENE } from "./scene.ts";

/**
 * What is wrong with what should be a scene: a part that it lacks, one that is no finite number, or one that no scene has, which nothing would draw;
 * undefined where nothing is.
 */
export function sceneMisfit(given: unknown): string | undefined {
  const wrong = misfit(given, DEFAULT_SCENE);
  if (wrong === undefined) return undefined;
  const { path, found, known } = wrong;
  if (known !== undefined) {
    const whole = path.length === 1 ? "it" : `its ${path.slice(0, -1).join(".")}`;
    return `a scene has no ${path.join(".")}: ${whole} has ${known.join(", ")}`;
  }
  const told = typeof found === "number" || found === undefined || found === null ? found : `of type ${typeof found}`;
  return `a scene must be given, as { ...scene, ... }: ${path.length === 0 ? "it" : `its ${path.join(".")}`} is ${told}`;
}

/** A place at which something is not built as an example is, and what is found there. */
interface Misfit {
  readonly path: readonly string[];
  readonly found: unknown;
  /** Where the example has nothing there: what it has beside it. */
  readonly known?: readonly string[];
}

/** The first misfit. */
function misfit(found: unknown, example: object | number): Misfit | undefined {
  if (typeof example === "number") return Number.isFinite(found) ? undefined : { path: [], found };
  if (typeof found !== "object" || found === null) return { path: [], found };
  for (const name in example) {
    const wrong = misfit(found[name as keyof typeof found], example[name as keyof typeof example]);
    if (wrong !== undefined) return { ...wrong, path: [name, ...wrong.path] };
  }
  for (const name in found) {
    if (!(name in example)) return { path: [name], found, known: Object.keys(example) };
  }
  return undefined;
}
