import type { NumpyContent } from "../../../core/npy.ts";
import type { GrowRecord, MapRecord, RegionRecord } from "../../../core/record.ts";
import type { BiasRecord, StudyRecord } from "../../../core/study_record.ts";
import type { Axis } from "../../../core/semantic_space.ts";
import { gridArrays, gridScores, latticeArrays, stack, text, vector } from "./arrays.ts";

/** Arrays by name. */
export type Arrays = Readonly<Record<string, NumpyContent>>;

/** `axis_NAME`, `scores` and, where they were taken, `gradients` of every map; of one over two parameters also the paper's `xx`, `yy`, `z`. */
export function mapArrays({ axes, shape, scores, gradients }: MapRecord): Arrays {
  return {
    ...(axes.length === 2 ? { ...gridArrays(axes[0].values, axes[1].values), z: gridScores(scores, shape) } : {}),
    ...latticeArrays(axes),
    scores: { shape, data: Float64Array.from(scores) },
    ...(gradients === undefined ? {} : { gradients: { shape: [...shape, axes.length], data: Float64Array.from(gradients.values) } }),
  };
}

/** One entry a region in every array, and `xx`, `yy`, `z` of the backdrop over two parameters. */
export function growArrays({ run: { space }, regions, backdrop }: GrowRecord): Arrays {
  const plane = space.length === 2 ? backdrop?.slices.find(({ axes }) => axes[0] === 0 && axes[1] === 1) : undefined;
  return {
    ...spaceArrays(space),
    ...regionArrays(regions, space.length),
    ...(plane === undefined ? {} : {
      ...gridArrays(plane.values[0], plane.values[1]),
      z: gridScores(plane.scores, plane.values.map(({ length }) => length)),
    }),
  };
}

/** The regions of a study: as of a growth, with the names of what each was grown on. */
export function studyArrays({ run: { space }, results }: StudyRecord): Arrays {
  const rows = results.flatMap((result) => result.regions.map((region) => ({ result, region })));
  return {
    ...spaceArrays(space),
    network: text(rows.map(({ result }) => result.network)),
    class: text(rows.map((row) => row.result.class)),
    shape: text(rows.map(({ result }) => result.shape)),
    ...regionArrays(rows.map(({ region }) => region), space.length),
  };
}

/** The maps of a study, one entry a network and shape; null where none were sampled. */
export function studyMapArrays({ map, results }: StudyRecord): Arrays | null {
  const mapped = results.filter(({ scores }) => scores !== null);
  if (map === null || mapped.length === 0) return null;
  return {
    ...latticeArrays(map.axes),
    network: text(mapped.map(({ network }) => network)),
    class: text(mapped.map((result) => result.class)),
    shape: text(mapped.map(({ shape }) => shape)),
    scores: stack(mapped.map(({ scores }) => scores ?? []), map.shape),
  };
}

/** Data semantic maps: `mean` and `deviation` [classes x lattice], `scores` of each network [classes x networks x lattice]. */
export function biasArrays({ axes, shape, networks, classes }: BiasRecord): Arrays {
  const scores = stack(classes.flatMap((of) => of.networks.map(({ scores }) => scores)), shape);
  return {
    ...latticeArrays(axes),
    classes: text(classes.map(({ name }) => name)),
    networks: text(networks.map(({ name }) => name)),
    mean: stack(classes.map(({ mean }) => mean), shape),
    deviation: stack(classes.map(({ deviation }) => deviation), shape),
    network_deviation: stack(classes.map(({ networkDeviation }) => networkDeviation), shape),
    explained: stack(classes.map((of) => of.networks.map(({ explained }) => explained)), [networks.length]),
    scores: { shape: [classes.length, networks.length, ...shape], data: scores.data },
  };
}

/** The class-global regions of data semantic maps. */
export function globalRegionArrays({ run: { space }, networks, classes }: BiasRecord): Arrays {
  const rows = classes.flatMap(({ name, regions }) => regions.map((region) => ({ name, region })));
  return {
    ...spaceArrays(space),
    class: text(rows.map(({ name }) => name)),
    networks: text(networks.map(({ name }) => name)),
    ...regionArrays(rows.map(({ region }) => region), space.length),
    network_means: stack(rows.map(({ region }) => region.networkMeans), [networks.length]),
  };
}

function spaceArrays(space: readonly Axis[]): Arrays {
  return {
    axes: text(space.map(({ name }) => name)),
    units: text(space.map(({ unit }) => unit)),
    low: vector(space.map(({ low }) => low)),
    high: vector(space.map(({ high }) => high)),
    period: vector(space.map(({ period }) => period ?? NaN)),
  };
}

/** One entry a region in every array: NaN where a check's number is missing, -1 in `holds` where there was no check. */
function regionArrays(regions: readonly RegionRecord[], n: number): Arrays {
  const numbers = (value: (region: RegionRecord) => number | undefined) => vector(regions.map((region) => value(region) ?? NaN));
  return {
    method: text(regions.map(({ method }) => method)),
    target: text(regions.map(({ target }) => target)),
    initial_points: stack(regions.map(({ initialPoint }) => initialPoint), [n]),
    initial_scores: numbers(({ initialScore }) => initialScore),
    a: stack(regions.map(({ a }) => a), [n]),
    b: stack(regions.map(({ b }) => b), [n]),
    volume: numbers(({ volume }) => volume),
    volume_ratio: numbers(({ volumeRatio }) => volumeRatio),
    steps: numbers(({ steps }) => steps),
    evaluations: numbers(({ evaluations }) => evaluations),
    gradient_evaluations: numbers(({ gradientEvaluations }) => gradientEvaluations),
    mean: numbers(({ check }) => check?.mean),
    mean_low: numbers(({ check }) => check?.meanLow),
    mean_high: numbers(({ check }) => check?.meanHigh),
    variance: numbers(({ check }) => check?.variance),
    minimum: numbers(({ check }) => check?.minimum),
    bad_share: numbers(({ check }) => check?.badShare),
    holds: { shape: [regions.length], data: Int32Array.from(regions, ({ check }) => check === null ? -1 : Number(check.holds)) },
  };
}
