import type { RegionRecord, Trap } from "../../../core/record.ts";
import type { Axis } from "../../../core/semantic_space.ts";
import { inTurn } from "./intervals.ts";
import { describePoint, formatValue } from "./words.ts";

/** What the check says of a region: that it holds, that it does not, or that there was none. */
export type Standing = "holds" | "fails" | "unchecked";

/** What the check says of a region. */
export function standing({ check }: RegionRecord): Standing {
  return check === null ? "unchecked" : check.holds ? "holds" : "fails";
}

/** A region in one sentence. */
export function describeRegion(region: RegionRecord, space: readonly Axis[]): string {
  const { method, target, a, b, check } = region;
  const bounds = space.map(({ name, unit }, i) => `${name} ${formatValue(a[i], unit)} to ${formatValue(b[i], unit)}`).join(", ");
  const state = { holds: "holds", fails: "does not hold", unchecked: "not checked" }[standing(region)];
  const sampled = check === null ? "" : `, mean ${formatValue(check.mean, "", 3)}, variance ${formatValue(check.variance, "", 2)}`;
  return `${method}, ${target}: ${bounds}; ${state}${sampled}`;
}

/** The score of the class at the worst point that was found in a region: low in a robust one, high in an adversarial one. Null: it was not searched. */
export function worstScore({ target, falsification }: Pick<RegionRecord, "target" | "falsification">): number | null {
  if (falsification == null) return null;
  return target === "robust" ? falsification.score : 1 - falsification.score;
}

/** The traps of a region with the score of the class at their bottoms: high in an adversarial one, where the network is right. */
export function trapsOf({ target, traps }: Pick<RegionRecord, "target" | "traps">): Trap[] {
  return (traps ?? []).map((trap) => target === "robust" ? trap : { ...trap, score: 1 - trap.score });
}

/** The worst point that was found in a region, in one sentence; nothing where it was not searched. */
export function describeWorst(region: RegionRecord, space: readonly Axis[]): string {
  const { method, initialPoint, falsification } = region;
  if (falsification == null) return "";
  const { point, cuts } = falsification;
  const where = `score ${formatValue(worstScore(region) ?? NaN, "", 2)} at ${describePoint(inTurn(point, space), space)}`;
  return `worst point found in ${method} from ${describePoint(initialPoint, space)}: ${where}${cuts > 0 ? `, after ${times(cuts)}` : ""}`;
}

/** The worst of the points that searches found in regions, in a line for people; nothing where none was searched. */
export function worstNote(regions: readonly RegionRecord[], space: readonly Axis[]): string {
  const searched = regions.flatMap((region) => region.falsification == null ? [] : [{ region, found: region.falsification }]);
  if (searched.length === 0) return "";
  const { region, found } = searched.reduce((worst, each) => each.found.score < worst.found.score ? each : worst);
  const cuts = searched.reduce((sum, { found }) => sum + found.cuts, 0);
  const where = `score ${formatValue(worstScore(region) ?? NaN, "", 2)} at ${describePoint(inTurn(found.point, space), space)}`;
  const subject = searched.length === 1 ? "Worst point found" : `Worst point found, in ${region.method}`;
  const after = cuts === 0 ? "" : searched.length === 1 ? `, after ${times(cuts)}` : `; ${times(cuts)} in all`;
  return `${subject}: ${where}${after}.`;
}

function times(cuts: number): string {
  return cuts === 1 ? "one cut" : `${cuts} cuts`;
}

/** The distinct initial points of regions, in the order in which they appear. */
export function initialPoints(regions: readonly RegionRecord[]): (readonly number[])[] {
  const points = new Map<string, readonly number[]>();
  for (const { initialPoint } of regions) points.set(initialPoint.join(), points.get(initialPoint.join()) ?? initialPoint);
  return [...points.values()];
}
