import { dataMap } from "../../core/data_map.ts";
import { globalAdversarialRegions } from "../../core/global_regions.ts";
import { latticeOf } from "../../core/lattice_map.ts";
import { RECORD_VERSION } from "../../core/record.ts";
import type { BiasRecord, DataSemanticMap } from "../../core/study_record.ts";
import type { MethodPlugin } from "../../core/region_method.ts";
import { SemanticSpace } from "../../core/semantic_space.ts";
import type { StudyUnit } from "./items.ts";
import type { BiasPlan } from "./plan.ts";
import type { StudyStore } from "./store.ts";
import { meanScore, storedMap } from "./stored_items.ts";

/**
 * The record of data semantic maps, from what a store holds. A class is in it once every network has a map of at least one of its shapes; shapes that
 * some network lacks are left out for all.
 */
export async function biasRecord(
  plan: BiasPlan,
  units: readonly StudyUnit[],
  { store, method }: { store: StudyStore; method: MethodPlugin },
): Promise<BiasRecord> {
  let complete = true;
  const classes: DataSemanticMap[] = [];
  for (const [index, { name, shapes }] of plan.classes.entries()) {
    const own = units.filter((unit) => unit.class === index);
    const maps = shapes.map((_, shape) =>
      plan.networks.map((_, network) => storedMap(store, own.find((unit) => unit.shape === shape && unit.network === network)?.map ?? null))
    );
    const mapped = maps.map((row) => row.every((scores) => scores !== undefined));
    complete &&= mapped.every(Boolean);
    if (!mapped.some(Boolean)) continue;
    const byNetwork = plan.networks.map((_, network) => maps.flatMap((row, shape) => mapped[shape] ? [row[network] ?? []] : []));
    classes.push({
      name,
      shapes: shapes.map((shape, i) => ({ ...shape, kept: mapped[i] })),
      ...await describeClass(byNetwork, plan, method),
    });
  }
  const { head, networks, map: { axes, shape } } = plan;
  return { command: "bias", run: { ...head, version: RECORD_VERSION }, complete, networks, axes, shape, method: plan.method, classes };
}

/** @param maps Scores by network, then shape. */
async function describeClass(
  maps: readonly (readonly (readonly number[])[])[],
  plan: BiasPlan,
  method: MethodPlugin,
): Promise<Omit<DataSemanticMap, "name" | "shapes">> {
  const space = new SemanticSpace(plan.head.space);
  const lattice = latticeOf(plan.map.axes.map(({ values }) => Float64Array.from(values)));
  const { mean, deviation, networkDeviation, networks, explained } = dataMap(maps);
  const { samples, confidence, thresholds } = plan.check;
  const regions = await globalAdversarialRegions({ space, lattice, scores: mean }, {
    ...thresholds,
    method,
    options: plan.method.options,
    count: plan.regions,
    samples,
    confidence,
    seed: plan.head.seed,
    networks,
  });
  return {
    mean: Array.from(mean),
    deviation: Array.from(deviation),
    networkDeviation: Array.from(networkDeviation),
    networks: networks.map((scores, i) => ({
      name: plan.networks[i].name,
      meanScore: meanScore(Array.from(scores)),
      explained: explained[i],
      scores: Array.from(scores),
    })),
    regions,
  };
}
