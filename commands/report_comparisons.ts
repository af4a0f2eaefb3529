import type { MapRecord } from "../core/record.ts";
import type { RunRecord } from "../core/reporter.ts";

/**
 * Maps of different networks that can be compared side by side: complete ones of one object and class, made alike, on one lattice of one parameter or
 * two. Of several by one network, one that was measured everywhere goes before one that was measured in part.
 */
export function comparedMaps(records: readonly RunRecord[]): MapRecord[][] {
  const groups = new Map<string, Map<string, MapRecord>>();
  for (const record of records) {
    if (record.command !== "map" || record.axes.length > 2 || !record.complete) continue;
    const { run: { space, fixed, mesh, class: { label }, renderer, shading = "flat", classifier }, axes } = record;
    const key = JSON.stringify([space, Object.entries(fixed).sort(), mesh.sha256, mesh.colors, label, renderer, shading, axes]);
    const group = groups.get(key) ?? new Map<string, MapRecord>();
    groups.set(key, group);
    const known = group.get(classifier.sha256);
    if (known === undefined || (known.adaptive !== undefined && record.adaptive === undefined)) group.set(classifier.sha256, record);
  }
  return [...groups.values()].filter(({ size }) => size > 1).map((group) => [...group.values()]);
}
