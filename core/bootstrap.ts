import { Random } from "./random.ts";

/** A crossed design: units nested in strata (shapes in classes), each seen on all occasions (initial points). */
export interface CrossedDesign {
  /** How many units each stratum has. */
  readonly units: readonly number[];
  /** How many occasions. */
  readonly occasions: number;
}

/** How often one bootstrap sample holds each unit of each stratum, and each occasion. */
export interface Resample {
  /** By stratum, then unit. */
  readonly units: readonly Float64Array[];
  /** By occasion. */
  readonly occasions: Float64Array;
}

/** How a bootstrap is run. */
export interface BootstrapOptions {
  /** Samples to draw. */
  readonly replicates: number;
  /** Of the random numbers. */
  readonly seed: number;
}

/**
 * Bootstrap samples of a crossed design: units are drawn with replacement within their stratum, occasions with replacement and independently of
 * them; an observation counts as often as its unit times its occasion. Source: Owen, "The pigeonhole bootstrap", 2007. What is yielded is reused by the
 * next sample.
 */
export function* resamples({ units, occasions }: CrossedDesign, { replicates, seed }: BootstrapOptions): Generator<Resample> {
  const random = new Random(seed, 0x626f6f74);
  const resample = { units: units.map((count) => new Float64Array(count)), occasions: new Float64Array(occasions) };
  for (let i = 0; i < replicates; i++) {
    for (const counts of resample.units) draw(counts, random);
    draw(resample.occasions, random);
    yield resample;
  }
}

function draw(counts: Float64Array, random: Random): void {
  counts.fill(0);
  for (let i = 0; i < counts.length; i++) counts[random.integer(counts.length)]++;
}

/** The interval that holds the middle `confidence` of a statistic's bootstrap values. NaN values are left out; [NaN, NaN] where none is left. */
export function percentileInterval(values: ArrayLike<number>, confidence: number): [low: number, high: number] {
  const sorted = Float64Array.from(values).filter((value) => !Number.isNaN(value)).sort();
  return [quantile(sorted, (1 - confidence) / 2), quantile(sorted, (1 + confidence) / 2)];
}

/** The quantile of ascending values, interpolated between neighbors; NaN where there are none. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return NaN;
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}
