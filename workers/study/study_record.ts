import { type MeasuredRegion, measureRegions, type Measures, reachesBorder } from "../../core/measures.ts";
import { RECORD_VERSION } from "../../core/record.ts";
import type { StudyRecord, StudyResult } from "../../core/study_record.ts";
import { SemanticSpace } from "../../core/semantic_space.ts";
import type { StudyUnit } from "./items.ts";
import type { StudyPlan } from "./plan.ts";
import type { StudyStore } from "./store.ts";
import { isKept, meanScore, storedItem, storedMap } from "./stored_items.ts";

/** The record of a study, from what its store holds: the same store content gives the same record, however it came to be. */
export function studyRecord(plan: StudyPlan, units: readonly StudyUnit[], store: StudyStore): StudyRecord {
  const space = new SemanticSpace(plan.head.space);
  const results: StudyResult[] = [];
  const measured: MeasuredRegion[] = [];
  const left = new Set<string>();
  let complete = true;
  // The record is in the order of the plan, whatever the order in which it was computed.
  for (const unit of units.toSorted((x, y) => x.network - y.network || x.class - y.class || x.shape - y.shape)) {
    const kept = isKept(plan, unit, store);
    if (kept === false) left.add(`${unit.class} ${unit.shape}`);
    const scores = storedMap(store, unit.map);
    const growth = unit.grow === null || kept !== true ? undefined : storedItem(store, { ...unit.grow, kind: "grow" });
    const isDone = (unit.map === null || scores !== undefined) && (kept === false || growth !== undefined);
    complete &&= isDone;
    if (scores === undefined && growth === undefined) continue;
    results.push({
      network: plan.networks[unit.network].name,
      class: plan.classes[unit.class].name,
      shape: plan.classes[unit.class].shapes[unit.shape].name,
      meanScore: scores === undefined ? null : meanScore(scores),
      scores: scores ?? null,
      regions: growth?.regions ?? [],
    });
    growth?.regions.forEach((region, i) => {
      const { volumeRatio, check, evaluations, gradientEvaluations } = region;
      const [point, method] = [Math.floor(i / plan.methods.length), i % plan.methods.length];
      measured.push({
        ...unit,
        point,
        method,
        volumeRatio,
        check,
        evaluations,
        gradientEvaluations,
        atBorder: reachesBorder(region, space),
      });
    });
  }
  const design = {
    networks: plan.networks.length,
    methods: plan.methods.length,
    points: plan.points.length,
    shapes: plan.classes.map(({ shapes }) => shapes.length),
  };
  const bootstrap = { replicates: plan.replicates, seed: plan.head.seed };
  const measures = measureRegions(measured, design, { ...bootstrap, confidence: plan.check.confidence });
  return {
    command: "study",
    run: { ...plan.head, version: RECORD_VERSION },
    complete,
    target: plan.target,
    points: plan.points,
    methods: plan.methods,
    check: plan.check,
    bootstrap,
    filter: plan.filter,
    ...networkRows(plan, measures),
    classes: plan.classes.map(({ name, shapes }, of) => ({
      name,
      shapes: shapes.map((shape, i) => ({ ...shape, kept: !left.has(`${of} ${i}`) })),
    })),
    map: plan.map,
    results,
  };
}

/** Measures by network, ranked, and compared. */
function networkRows(
  { networks, classes, methods }: StudyPlan,
  measures: Measures,
): Pick<StudyRecord, "networks" | "ranking" | "rankingHolding" | "rankingByMethod" | "differences"> {
  const named = <Item extends { readonly name: string }, Value>(items: readonly Item[], value: (index: number) => Value) =>
    Object.fromEntries(items.map(({ name }, i) => [name, value(i)]));
  const ranked = (method?: number, by: "srvr" | "srvrHolding" = "srvr") => {
    const srvr = networks.map((_, network) => measures.of({ network, method })[by]);
    const order = networks.map((_, network) => network).filter((network) => !Number.isNaN(srvr[network]));
    return order.sort((left, right) => srvr[right] - srvr[left] || left - right).map((network) => networks[network].name);
  };
  return {
    networks: networks.map((network, index) => ({
      ...network,
      ...measures.of({ network: index }),
      byMethod: named(methods, (method) => measures.of({ network: index, method })),
      byClass: named(classes, (of) => ({
        ...measures.of({ network: index, class: of }),
        byMethod: named(methods, (method) => measures.of({ network: index, class: of, method })),
      })),
    })),
    ranking: ranked(),
    rankingHolding: ranked(undefined, "srvrHolding"),
    rankingByMethod: named(methods, (method) => ranked(method)),
    differences: measures.differences.map(({ first, second, ...difference }) => ({
      first: networks[first].name,
      second: networks[second].name,
      ...difference,
    })),
  };
}
