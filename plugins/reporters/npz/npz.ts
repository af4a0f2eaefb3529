import type { NumpyContent } from "../../../core/npy.ts";
import type { GrowRecord, MapRecord, RegionRecord } from "../../../core/record.ts";
import type { Reporter } from "../../../core/reporter.ts";

/** Arrays for NumPy: for a map those that the paper names, for regions one entry a region. */
export const npz: Reporter = {
  kind: "reporter",
  name: "npz",
  description: "Arrays for NumPy: xx, yy, z of a map; bounds, volumes and checks of regions",
  async report(record) {
    const { encodeNpz } = await import("./npz_file.ts");
    const [name, arrays] = record.command === "map"
      ? ["map.npz", mapArrays(record)] as const
      : ["regions.npz", regionArrays(record)] as const;
    return [{ name, bytes: encodeNpz(arrays) }];
  },
};

/** `axis_NAME` and `scores` of every map; of one over two parameters also the paper's `xx`, `yy`, `z`. */
export function mapArrays({ axes, shape, scores }: MapRecord): Record<string, NumpyContent> {
  return {
    ...(axes.length === 2 ? meshGrid(axes.map(({ values }) => values), scores) : {}),
    ...Object.fromEntries(axes.map(({ name, values }) => [`axis_${name}`, vector(values)])),
    scores: { shape, data: Float64Array.from(scores) },
  };
}

/** One entry a region in every array: NaN where a check's number is missing, -1 in `holds` where there was no check. */
export function regionArrays({ run: { space }, regions, backdrop }: GrowRecord): Record<string, NumpyContent> {
  const numbers = (value: (region: RegionRecord) => number | undefined) => vector(regions.map((region) => value(region) ?? NaN));
  const rows = (value: (region: RegionRecord) => readonly number[]): NumpyContent => ({
    shape: [regions.length, space.length],
    data: Float64Array.from(regions.flatMap(value)),
  });
  const plane = space.length === 2 ? backdrop?.slices.find(({ axes }) => axes[0] === 0 && axes[1] === 1) : undefined;
  return {
    axes: text(space.map(({ name }) => name)),
    units: text(space.map(({ unit }) => unit)),
    low: vector(space.map(({ low }) => low)),
    high: vector(space.map(({ high }) => high)),
    period: vector(space.map(({ period }) => period ?? NaN)),
    method: text(regions.map(({ method }) => method)),
    target: text(regions.map(({ target }) => target)),
    initial_points: rows(({ initialPoint }) => initialPoint),
    initial_scores: numbers(({ initialScore }) => initialScore),
    a: rows(({ a }) => a),
    b: rows(({ b }) => b),
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
    ...(plane === undefined ? {} : meshGrid(plane.values, plane.scores)),
  };
}

/** What `numpy.meshgrid` gives, one row a value of the second parameter: what matplotlib's `contourf` and the paper's figures take. */
function meshGrid([x, y]: readonly (readonly number[])[], scores: readonly number[]): Record<string, NumpyContent> {
  const grid = (value: (column: number, row: number) => number): NumpyContent => ({
    shape: [y.length, x.length],
    data: Float64Array.from({ length: y.length * x.length }, (_, i) => value(i % x.length, Math.floor(i / x.length))),
  });
  return { xx: grid((column) => x[column]), yy: grid((_, row) => y[row]), z: grid((column, row) => scores[column * y.length + row]) };
}

function vector(values: readonly number[]): NumpyContent {
  return { shape: [values.length], data: Float64Array.from(values) };
}

function text(values: readonly string[]): NumpyContent {
  return { shape: [values.length], data: values };
}
