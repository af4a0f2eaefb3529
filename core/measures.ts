import { type BootstrapOptions, type CrossedDesign, percentileInterval, quantile, resamples } from "./bootstrap.ts";
import type { RegionCheck } from "./record.ts";
import type { Bounds } from "./region_method.ts";
import type { SemanticSpace } from "./semantic_space.ts";

/** A grown region as measures see it: what it was grown on, by index, and what came out. */
export interface MeasuredRegion {
  /** Among the networks. */
  readonly network: number;
  /** Among the classes. */
  readonly class: number;
  /** Among the shapes of its class. */
  readonly shape: number;
  /** Among the initial points. */
  readonly point: number;
  /** Among the methods. */
  readonly method: number;
  /** Vol(D) / Vol(Omega), of what lies in Omega. */
  readonly volumeRatio: number;
  /** What its check against equation (2), or (3), said; null where there was none. */
  readonly check: Pick<RegionCheck, "holds" | "verdict" | "badShare"> | null;
  /** Whether it ran into the border of Omega, see {@linkcode reachesBorder}. */
  readonly atBorder: boolean;
  /** Points scored for it. */
  readonly evaluations: number;
  /** Points differentiated for it. */
  readonly gradientEvaluations: number;
}

/** What was measured on what. */
export interface MeasureDesign {
  /** How many networks. */
  readonly networks: number;
  /** How many methods. */
  readonly methods: number;
  /** How many initial points. */
  readonly points: number;
  /** How many shapes each class has. */
  readonly shapes: readonly number[];
}

/** Measures of a group of regions. Shares of 1; NaN where there is nothing to measure. */
export interface Measure {
  /** Equation (19): the mean share of Omega that a region covers, over shapes and initial points; then over classes; then over methods. */
  readonly srvr: number;
  /** Lower end of the bootstrap interval of `srvr` over shapes and initial points. */
  readonly srvrLow: number;
  /** Upper end of that interval. */
  readonly srvrHigh: number;
  /** `srvr` with regions that fail their check counted as empty. */
  readonly srvrHolding: number;
  /** Lower end of the bootstrap interval of `srvrHolding`; absent from records that had none. */
  readonly srvrHoldingLow?: number;
  /** Upper end of that interval. */
  readonly srvrHoldingHigh?: number;
  /** How many regions. */
  readonly regions: number;
  /** Mean of Vol(D) / Vol(Omega) over all of them alike. */
  readonly meanRatio: number;
  /** Median of Vol(D) / Vol(Omega). */
  readonly medianRatio: number;
  /** Share of checked regions whose samples satisfy equation (2), or (3). */
  readonly holds: number;
  /** Share of checked regions for which that is certain at the check's confidence. */
  readonly confirmed: number;
  /**
   * Of what the checked regions cover, the share that scores below the check's floor, as its points say: the mean of the regions' shares, each by its
   * volume, so that a region that is its initial point alone counts nothing. Absent from records that had none.
   */
  readonly badShare?: number;
  /** Share that ran into the border of Omega. */
  readonly atBorder: number;
  /** Points scored for them. */
  readonly evaluations: number;
  /** Points differentiated for them. */
  readonly gradientEvaluations: number;
}

/** How one network's SRVR differs from another's on the same shapes and points. */
export interface NetworkDifference {
  /** Index of the one. */
  readonly first: number;
  /** Index of the other. */
  readonly second: number;
  /** SRVR of the first less SRVR of the second. */
  readonly difference: number;
  /** Lower end of its bootstrap interval. */
  readonly low: number;
  /** Upper end of its bootstrap interval. */
  readonly high: number;
}

/** Measures by network, class and method, and of all classes or methods together: the index is then undefined. */
export interface Measures {
  /** The measure of a group. */
  of(group: { readonly network: number; readonly class?: number; readonly method?: number }): Measure;
  /** Each pair of networks once, over all classes and methods. */
  readonly differences: readonly NetworkDifference[];
}

/** How regions are measured. */
export interface MeasureOptions extends BootstrapOptions {
  /** Share of the bootstrap values that intervals hold, in (0, 1). */
  readonly confidence: number;
}

/**
 * Measures grown regions, and how far they may be trusted: shapes are resampled within their class, initial points across all classes, and all
 * networks and methods see the same samples, so that they can be compared.
 */
export function measureRegions(
  regions: readonly MeasuredRegion[],
  design: MeasureDesign,
  options: MeasureOptions,
): Measures {
  const groups = new Groups(design);
  const ratios = Float64Array.from(regions, ({ volumeRatio }) => volumeRatio);
  const holding = Float64Array.from(regions, ({ volumeRatio, check }) => check === null ? NaN : check.holds ? volumeRatio : 0);
  const cells = Int32Array.from(regions, (region) => groups.cell(region));
  const once = new Float64Array(regions.length).fill(1);
  const srvr = groups.means(cells, ratios, once);
  const srvrHolding = groups.means(cells, holding, once);
  const [samples, samplesHolding] = bootstrapMeans(regions, { design, groups, cells, values: [ratios, holding], options });
  const members: MeasuredRegion[][] = Array.from({ length: groups.size }, () => []);
  for (const region of regions) for (const group of groups.ofRegion(region)) members[group].push(region);
  const measures = members.map((own, group): Measure => {
    const [srvrLow, srvrHigh] = percentileInterval(samples[group], options.confidence);
    const [srvrHoldingLow, srvrHoldingHigh] = percentileInterval(samplesHolding[group], options.confidence);
    const held = { srvrHolding: srvrHolding[group], srvrHoldingLow, srvrHoldingHigh };
    return { srvr: srvr[group], srvrLow, srvrHigh, ...held, ...describe(own) };
  });
  const differences: NetworkDifference[] = [];
  for (let first = 0; first < design.networks; first++) {
    for (let second = first + 1; second < design.networks; second++) {
      const left = groups.index({ network: first }), right = groups.index({ network: second });
      const [low, high] = percentileInterval(samples[left].map((value, i) => value - samples[right][i]), options.confidence);
      differences.push({ first, second, difference: srvr[left] - srvr[right], low, high });
    }
  }
  return { of: (group) => measures[groups.index(group)], differences };
}

/**
 * Means of values in every group under the same resampling, by kind of value, then by group. Where one shape and one point is all there is, nothing
 * varies and they are NaN.
 */
function bootstrapMeans(
  regions: readonly MeasuredRegion[],
  { design, groups, cells, values, options }: {
    design: MeasureDesign;
    groups: Groups;
    cells: Int32Array;
    values: readonly Float64Array[];
    options: BootstrapOptions;
  },
): Float64Array[][] {
  const samples = values.map(() => Array.from({ length: groups.size }, () => new Float64Array(options.replicates).fill(NaN)));
  const places = placesOfShapes(regions, design);
  const crossed: CrossedDesign = { units: places.map((own) => own.size), occasions: design.points };
  if (design.points < 2 && crossed.units.every((count) => count < 2)) return samples;
  const drawn = regions.map((region) => places[region.class].get(region.shape)!);
  const weights = new Float64Array(regions.length);
  let replicate = 0;
  for (const { units, occasions } of resamples(crossed, options)) {
    regions.forEach((region, i) => weights[i] = units[region.class][drawn[i]] * occasions[region.point]);
    for (const [kind, own] of samples.entries()) {
      const means = groups.means(cells, values[kind], weights);
      for (let group = 0; group < own.length; group++) own[group][replicate] = means[group];
    }
    replicate++;
  }
  return samples;
}

/** For each class the shapes that have regions, numbered anew: those that were left out are not drawn. */
function placesOfShapes(regions: readonly MeasuredRegion[], { shapes }: MeasureDesign): Map<number, number>[] {
  return shapes.map((_, of) => {
    const own = new Set(regions.flatMap((region) => region.class === of ? [region.shape] : []));
    return new Map([...own].sort((left, right) => left - right).map((shape, i) => [shape, i]));
  });
}

/** Numbers the groups of a design: for each network all of it, each method, each class, and each method of each class. */
class Groups {
  readonly size: number;
  readonly #classes: number;
  readonly #methods: number;

  constructor({ networks, shapes, methods }: MeasureDesign) {
    this.#classes = shapes.length;
    this.#methods = methods;
    this.size = networks * (1 + shapes.length) * (1 + methods);
  }

  index(group: { network: number; class?: number; method?: number }): number {
    const row = group.network * (1 + this.#classes) + (group.class === undefined ? 0 : 1 + group.class);
    return row * (1 + this.#methods) + (group.method === undefined ? 0 : 1 + group.method);
  }

  /** The smallest group of a region. */
  cell(region: MeasuredRegion): number {
    return this.index(region);
  }

  /** All groups of a region. */
  ofRegion({ network, class: of, method }: MeasuredRegion): number[] {
    return [{ network }, { network, method }, { network, class: of }, { network, class: of, method }].map((group) => this.index(group));
  }

  /**
   * Means of weighted values: in the cells of one network, class and method over its regions; of a method over classes; of a class, and of the
   * network, over methods. A cell without weight, or with a value that is NaN, is NaN, and means leave it out.
   */
  means(cells: Int32Array, values: Float64Array, weights: Float64Array): Float64Array {
    const sums = new Float64Array(this.size), counts = new Float64Array(this.size);
    for (let i = 0; i < cells.length; i++) {
      sums[cells[i]] += weights[i] * values[i];
      counts[cells[i]] += weights[i];
    }
    const means = sums.map((sum, i) => sum / counts[i]);
    const [across, down] = [1 + this.#methods, (1 + this.#classes) * (1 + this.#methods)];
    for (let network = 0; network < this.size; network += down) {
      for (let method = 1; method < across; method++) {
        means[network + method] = meanOf(means, network + across + method, across, this.#classes);
      }
      for (let row = network; row < network + down; row += across) means[row] = meanOf(means, row + 1, 1, this.#methods);
    }
    return means;
  }
}

function meanOf(values: Float64Array, first: number, step: number, count: number): number {
  let sum = 0, known = 0;
  for (let i = 0; i < count; i++) {
    const value = values[first + i * step];
    if (Number.isNaN(value)) continue;
    sum += value;
    known++;
  }
  return sum / known;
}

/** What is counted over regions alike. */
function describe(regions: readonly MeasuredRegion[]): Omit<Measure, Extract<keyof Measure, `srvr${string}`>> {
  const ratios = Float64Array.from(regions, ({ volumeRatio }) => volumeRatio).sort();
  const checks = regions.flatMap(({ check, volumeRatio }) => check === null ? [] : [{ ...check, volumeRatio }]);
  const covered = checks.reduce((sum, { volumeRatio }) => sum + volumeRatio, 0);
  const total = (value: (region: MeasuredRegion) => number) => regions.reduce((sum, region) => sum + value(region), 0);
  return {
    regions: regions.length,
    meanRatio: total(({ volumeRatio }) => volumeRatio) / regions.length,
    medianRatio: quantile(ratios, 0.5),
    holds: checks.filter(({ holds }) => holds).length / checks.length,
    confirmed: checks.filter(({ verdict }) => verdict === "confirmed").length / checks.length,
    badShare: checks.reduce((sum, { badShare, volumeRatio }) => sum + badShare * volumeRatio, 0) / covered,
    atBorder: total(({ atBorder }) => atBorder ? 1 : 0) / regions.length,
    evaluations: total(({ evaluations }) => evaluations),
    gradientEvaluations: total(({ gradientEvaluations }) => gradientEvaluations),
  };
}

/** What counts as touching, as a share of the axis: bounds are projected onto the border, so that only rounding is between. */
const TOUCH = 1e-9;

/** Whether a box ran into the border of Omega: a bound lies on it or beyond; along an axis that closes on itself, the box goes all around. */
export function reachesBorder(
  { a, b }: { readonly a: Bounds["a"] | readonly number[]; readonly b: Bounds["b"] | readonly number[] },
  space: SemanticSpace,
): boolean {
  return space.axes.some(({ low, high }, i) => {
    const touch = TOUCH * space.extent(i);
    return space.isPeriodic(i) ? b[i] - a[i] >= space.extent(i) - touch : a[i] <= low + touch || b[i] >= high - touch;
  });
}
