import type { GrowRecord, MapRecord, RegionRecord, Slice } from "../../../core/record.ts";
import type { RunRecord } from "../../../core/reporter.ts";
import type { BiasRecord, StudyRecord } from "../../../core/study_record.ts";
import { SemanticSpace } from "../../../core/semantic_space.ts";
import { product } from "../../../core/shape.ts";

/** The first thing in a record that does not fit another, in words. */
export function misfit(record: RunRecord): string | undefined {
  const n = new SemanticSpace(record.run.space).dimensions;
  switch (record.command) {
    case "map":
      return misfitOfMap(record, n);
    case "grow":
      return misfitOfGrowth(record, n);
    case "study":
      return misfitOfStudy(record, n);
    case "bias":
      return misfitOfBias(record, n);
  }
}

function misfitOfMap({ axes, shape, scores, gradients }: MapRecord, n: number): string | undefined {
  const size = product(shape);
  if (gradients !== undefined && gradients.values.length !== size * n) {
    return `gradients of ${size} points over ${n} parameters must be ${size * n} numbers: they are ${gradients.values.length}`;
  }
  return misfitOfLattice(axes, shape, n) ?? misfitOfScores(scores, shape);
}

function misfitOfGrowth({ regions, backdrop }: GrowRecord, n: number): string | undefined {
  return misfitOfRegions(regions, n) ?? first(backdrop?.slices ?? [], (slice) => misfitOfSlice(slice, n));
}

function misfitOfStudy({ map, points, networks, classes, results }: StudyRecord, n: number): string | undefined {
  if (points.some(({ length }) => length !== n)) return `initial points must have ${n} numbers`;
  return (map === null ? undefined : misfitOfLattice(map.axes, map.shape, n)) ?? first(results, (result) => {
    if (!networks.some(({ name }) => name === result.network)) return `it has no network "${result.network}"`;
    const shapes = classes.find(({ name }) => name === result.class)?.shapes;
    if (!shapes?.some(({ name }) => name === result.shape)) return `its class "${result.class}" has no shape "${result.shape}"`;
    if (result.scores !== null && map === null) return "it has scores of maps but not their lattice";
    return (result.scores === null || map === null ? undefined : misfitOfScores(result.scores, map.shape)) ??
      misfitOfRegions(result.regions, n);
  });
}

function misfitOfBias({ axes, shape, networks, classes }: BiasRecord, n: number): string | undefined {
  return misfitOfLattice(axes, shape, n) ?? first(classes, (of) => {
    if (of.networks.length !== networks.length) return `class "${of.name}" must have maps of ${networks.length} networks`;
    const maps = [of.mean, of.deviation, of.networkDeviation, ...of.networks.map(({ scores }) => scores)];
    return first(maps, (scores) => misfitOfScores(scores, shape)) ?? misfitOfRegions(of.regions, n);
  });
}

function misfitOfLattice(axes: MapRecord["axes"], shape: readonly number[], n: number): string | undefined {
  if (axes.length !== n || shape.length !== n) return `a map over ${n} parameters must have ${n} axes`;
  const uneven = axes.findIndex(({ values }, i) => values.length !== shape[i]);
  return uneven < 0 ? undefined : `axis "${axes[uneven].name}" must have ${shape[uneven]} values: it has ${axes[uneven].values.length}`;
}

function misfitOfRegions(regions: readonly RegionRecord[], n: number): string | undefined {
  for (const [i, { initialPoint, a, b, trace, traps }] of regions.entries()) {
    const points = [
      initialPoint,
      a,
      b,
      ...trace.flatMap((row) => [row.a, row.b]),
      ...(traps ?? []).flatMap((trap) => [trap.bottom, trap.a, trap.b]),
    ];
    if (points.some(({ length }) => length !== n)) return `points and bounds of region ${i + 1} must have ${n} numbers`;
    if (a.some((low, axis) => low > b[axis])) return `lower bounds of region ${i + 1} must not exceed the upper ones`;
  }
}

function misfitOfSlice({ axes, values, scores, through }: Slice, n: number): string | undefined {
  if (axes.some((axis) => axis >= n) || through.length !== n || values.length !== axes.length) {
    return `a slice must lie in a space of ${n} parameters`;
  }
  return misfitOfScores(scores, values.map(({ length }) => length));
}

function misfitOfScores({ length }: readonly number[], shape: readonly number[]): string | undefined {
  const points = product(shape);
  return length === points ? undefined : `a lattice of ${shape.join(" x ")} points must have ${points} scores: it has ${length}`;
}

/** The first problem of any item. */
function first<Item>(items: readonly Item[], problem: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const found = problem(item);
    if (found !== undefined) return found;
  }
}
