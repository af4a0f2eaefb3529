import type { RegionRecord } from "../../../core/record.ts";
import type { Axis } from "../../../core/semantic_space.ts";
import { formatValue } from "./words.ts";

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

/** The distinct initial points of regions, in the order in which they appear. */
export function initialPoints(regions: readonly RegionRecord[]): (readonly number[])[] {
  const points = new Map<string, readonly number[]>();
  for (const { initialPoint } of regions) points.set(initialPoint.join(), points.get(initialPoint.join()) ?? initialPoint);
  return [...points.values()];
}
