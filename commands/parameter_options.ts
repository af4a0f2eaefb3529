import { InputError } from "../core/errors.ts";
import type { PluginRegistry } from "../core/registry.ts";
import { type ParameterChoice, SceneSpace } from "../core/scene_space.ts";
import type { ParameterPlugin } from "../core/semantic_parameter.ts";
import { parseNumber, requireOnce } from "./options.ts";

/** The space that `--parameters azimuth=0:360,elevation` and `--set distance=3` (one or several, by commas) describe. */
export function parseSceneSpace(varying: string, held: readonly string[], registry: PluginRegistry): SceneSpace {
  const choices = varying.split(",").map((entry) => parseChoice(entry, registry));
  return new SceneSpace(choices, parseAssignments(held, registry, "--set"), registry.all("parameter"));
}

/** One parameter, with its range where it is given: `azimuth` or `azimuth=0:360`. */
export function parseChoice(entry: string, registry: PluginRegistry): ParameterChoice {
  const { name, value } = splitEntry(entry);
  const parameter = registry.get("parameter", name);
  return value === undefined ? { parameter } : { parameter, range: parseRange(name, value) };
}

/** Parameters with their values: `distance=3,roll=10`, in one text or several. */
export function parseAssignments(texts: readonly string[], registry: PluginRegistry, option: string): [ParameterPlugin, number][] {
  return parseNamedValues(texts, option).map(([name, value]) => [registry.get("parameter", name), value]);
}

/** Names with their values, as they are written: `distance=3,roll=10`, in one text or several. @throws InputError where a name is there twice. */
export function parseNamedValues(texts: readonly string[], option: string): [name: string, value: number][] {
  const assigned = texts.flatMap((text) => text.split(",")).map((entry): [string, number] => {
    const { name, value } = splitEntry(entry);
    if (value === undefined) throw new InputError(`${option} needs NAME=VALUE: current value is "${entry}"`);
    return [name, parseNumber(value, `"${name}" of ${option}`)];
  });
  requireOnce(assigned.map(([name]) => name), option);
  return assigned;
}

/**
 * A point written as `130,30` in the order of the axes, or as `azimuth=130,elevation=30` in any order; across the seam of a periodic axis, as
 * `azimuth=-50`, it is the same point within the axis' range.
 */
export function parsePoint(text: string, { space }: SceneSpace, option: string): Float64Array {
  const entries = text.split(",");
  if (!entries.some((entry) => entry.includes("="))) {
    return inOmega(Float64Array.from(entries, (entry) => parseNumber(entry, option)), space);
  }
  requireOnce(entries.map((entry) => splitEntry(entry).name), option);
  const point = new Float64Array(space.dimensions).fill(NaN);
  for (const entry of entries) {
    const { name, value } = splitEntry(entry);
    const axis = space.axes.findIndex((candidate) => candidate.name === name);
    if (axis < 0) throw new InputError(`${option} names "${name}", which does not vary: varying are ${axisNames(space)}`);
    point[axis] = parseNumber(value ?? "", `"${name}" of ${option}`);
  }
  const missing = point.findIndex(Number.isNaN);
  if (missing >= 0) throw new InputError(`${option} lacks "${space.axes[missing].name}": it needs ${axisNames(space)}`);
  return inOmega(point, space);
}

function inOmega(point: Float64Array, space: SceneSpace["space"]): Float64Array {
  space.requirePoint(point);
  return space.project(point);
}

function axisNames({ axes }: SceneSpace["space"]): string {
  return axes.map(({ name }) => name).join(", ");
}

function splitEntry(entry: string): { name: string; value?: string } {
  const sign = entry.indexOf("=");
  return sign < 0 ? { name: entry.trim() } : { name: entry.slice(0, sign).trim(), value: entry.slice(sign + 1).trim() };
}

function parseRange(name: string, text: string): [number, number] {
  const parts = text.split(":");
  if (parts.length !== 2) throw new InputError(`Range of "${name}" must be written LOW:HIGH: current value is "${text}"`);
  return [parseNumber(parts[0], `Range of "${name}"`), parseNumber(parts[1], `Range of "${name}"`)];
}
