import type { RegionRecord } from "../../../core/record.ts";
import type { RunRecord } from "../../../core/reporter.ts";
import type { Axis } from "../../../core/semantic_space.ts";
import {
  AMBIENT,
  AZIMUTH,
  check,
  DISTANCE,
  ELEVATION,
  falsification,
  growRecord,
  LIGHT,
  mapRecord,
  RED,
  region,
  trap,
  withGradients,
  withMeasuredPoints,
} from "./record_parts.ts";
import { biasRecord, studyRecord } from "./study_records.ts";

/** Five methods from two points: robust and adversarial, held, failed and unchecked, across the seam and of no size. */
function manyRegions(space: readonly Axis[]): RegionRecord[] {
  return [0.1, 0.6].flatMap((share, point) =>
    ["slab", "naive", "oir_b", "oir_w", "trapezoid", "somebody_elses_method"].map((method, i) => {
      const initialPoint = space.map(({ low, high }) => low + share * (high - low));
      const reach = [0.2, 0.05, 0.15, 0.25, 0, 0.1][i];
      const inside = (value: number, { low, high, period }: Axis) => period === undefined ? Math.min(Math.max(value, low), high) : value;
      return region({
        method,
        target: i % 2 === 1 && point === 1 ? "adversarial" : "robust",
        initialPoint,
        a: space.map((axis, k) => inside(initialPoint[k] - reach * (axis.high - axis.low), axis)),
        b: space.map((axis, k) => inside(initialPoint[k] + reach * (axis.high - axis.low), axis)),
        check: i === 4 ? null : check((i + point) % 2 === 0),
        facts: i === 0 ? { rounds: 4, reason: 'a, "b"\nc', faces: [1, 2] } : {},
      });
    })
  );
}

/** The same regions with the worst points that were found in them, those of every second one after cuts. */
function falsified(space: readonly Axis[]): RegionRecord[] {
  return manyRegions(space).map((each, i) => ({
    ...each,
    falsification: falsification(each.a.map((low, k) => low + 0.2 * (each.b[k] - low)), { score: 0.05 * i, cuts: i % 2 }),
  }));
}

const NASTY = "park bench <&> \"quoted\" 'x' \u0000\u0007 \ud800 長い名前 ".repeat(6);

/** Records of every shape that a reporter may be given. */
export const RECORDS: Readonly<Record<string, RunRecord>> = {
  "map over one parameter": mapRecord([AZIMUTH], [24]),
  "map over two parameters": mapRecord([AZIMUTH, ELEVATION], [12, 5]),
  "map over three parameters": mapRecord([AZIMUTH, ELEVATION, DISTANCE], [8, 5, 4]),
  "map over six parameters": mapRecord([AZIMUTH, ELEVATION, DISTANCE, LIGHT, AMBIENT, RED], [4, 3, 3, 2, 2, 2]),
  "map of one point": mapRecord([DISTANCE, ELEVATION], [1, 1]),
  "map of an axis with small numbers": mapRecord([{ name: "blur", unit: "share of the height", low: 0, high: 0.002 }, DISTANCE], [4, 4]),
  "interrupted map over one parameter": mapRecord([AZIMUTH], [24], { score: ([azimuth]) => azimuth > 200 ? NaN : 0.5 }),
  "interrupted map over two parameters": mapRecord([AZIMUTH, DISTANCE], [12, 5], {
    score: ([azimuth]) => azimuth > 200 ? NaN : azimuth / 360,
  }),
  "map with gradients and traps over two parameters": withGradients(mapRecord([AZIMUTH, ELEVATION], [24, 10])),
  "map with gradients over three parameters": withGradients(mapRecord([AZIMUTH, ELEVATION, DISTANCE], [6, 4, 3])),
  "map with gradients over one parameter": withGradients(mapRecord([DISTANCE], [24])),
  "map with gradients over six parameters": withGradients(
    mapRecord([AZIMUTH, ELEVATION, DISTANCE, LIGHT, AMBIENT, RED], [3, 2, 2, 2, 2, 2]),
  ),
  "map measured in part over one parameter": withMeasuredPoints(mapRecord([AZIMUTH], [24])),
  "map measured in part over two parameters": withMeasuredPoints(mapRecord([AZIMUTH, ELEVATION], [24, 10])),
  "map measured in part over three parameters": withMeasuredPoints(mapRecord([AZIMUTH, ELEVATION, DISTANCE], [8, 6, 4])),
  "study over one parameter": studyRecord([AZIMUTH], [24]),
  "study over two parameters": studyRecord([AZIMUTH, ELEVATION], [24, 10]),
  "study over three parameters without maps, unfinished": studyRecord([AZIMUTH, ELEVATION, DISTANCE], null),
  "bias over one parameter": biasRecord([AZIMUTH], [24]),
  "bias over two parameters": biasRecord([AZIMUTH, ELEVATION], [24, 10]),
  "bias over three parameters": biasRecord([AZIMUTH, ELEVATION, DISTANCE], [6, 4, 3]),
  "map stopped before its first point": mapRecord([AZIMUTH, ELEVATION, DISTANCE], [3, 2, 2], { score: () => NaN }),
  "map of a class with a nasty name": mapRecord([AZIMUTH, ELEVATION], [4, 3], { label: NASTY }),
  "no region": growRecord([AZIMUTH, ELEVATION], []),
  "no region over one parameter, no backdrop": growRecord([DISTANCE], [], { backdrop: false }),
  "no region over three parameters": growRecord([AZIMUTH, ELEVATION, DISTANCE], []),
  "one region over one parameter": growRecord([AZIMUTH], [region({ a: [30], b: [80] })]),
  "one region over two parameters": growRecord([AZIMUTH, ELEVATION], [region({ a: [30, 0], b: [80, 40] })]),
  "many regions over one parameter": growRecord([AZIMUTH], manyRegions([AZIMUTH])),
  "many regions over two parameters": growRecord([AZIMUTH, ELEVATION], manyRegions([AZIMUTH, ELEVATION])),
  "many regions over three parameters": growRecord([AZIMUTH, ELEVATION, DISTANCE], manyRegions([AZIMUTH, ELEVATION, DISTANCE])),
  "many regions over five parameters, no backdrop": growRecord(
    [AZIMUTH, ELEVATION, DISTANCE, LIGHT, AMBIENT],
    manyRegions([AZIMUTH, ELEVATION, DISTANCE, LIGHT, AMBIENT]),
    { backdrop: false },
  ),
  "many regions over six parameters": growRecord(
    [AZIMUTH, ELEVATION, DISTANCE, LIGHT, AMBIENT, RED],
    manyRegions([AZIMUTH, ELEVATION, DISTANCE, LIGHT, AMBIENT, RED]),
  ),
  "regions with traps": growRecord([AZIMUTH, ELEVATION], [
    region({ a: [30, 0], b: [80, 40], traps: [trap([50, 20])] }),
    region({ a: [100, 0], b: [180, 40], traps: [] }),
    region({ a: [200, 0], b: [210, 40], traps: null }),
  ]),
  "falsified regions over one parameter": growRecord([AZIMUTH], falsified([AZIMUTH])),
  "falsified regions over two parameters": growRecord([AZIMUTH, ELEVATION], falsified([AZIMUTH, ELEVATION])),
  "falsified regions over three parameters": growRecord([AZIMUTH, ELEVATION, DISTANCE], falsified([AZIMUTH, ELEVATION, DISTANCE])),
  "regions without trace": growRecord([ELEVATION, DISTANCE], [
    region({ a: [0, 2], b: [20, 3], trace: [], check: null, initialScore: NaN }),
  ]),
  "regions of a class with a nasty name": growRecord([AZIMUTH, ELEVATION], [region({ a: [30, 0], b: [80, 40] })], { label: NASTY }),
};
