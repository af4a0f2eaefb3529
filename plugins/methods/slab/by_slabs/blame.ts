import type { PointRequest, PointResponse } from "../../../../core/region_method.ts";
import { copyReach, type Evidence, type Reach } from "../evidence.ts";

/** Bad points that are looked into at a time: each costs a score a parameter. */
const MOST_POINTS = 6;
/** Shares of the way from u0 that are scored at once, twice, to find where f turns bad. */
const PARTS = 4;
/** Faces of a bad point that are looked at closely: those that would lose least. */
const CLOSE_FACES = 2;

/** Most points that {@linkcode drawIn} scores over `n` parameters. */
export function drawInCost(n: number): number {
  return MOST_POINTS * (n + (2 + 2 * CLOSE_FACES) * (PARTS - 1));
}

/** What a bad point wants of a box: one of some faces to lie further in, or all of them a little. */
interface Blame {
  /** Where f begins to be bad on the way from u0. */
  readonly point: Float64Array;
  /** Faces, by axis, any of which would leave the point out, with how far out it may lie. */
  readonly faces: readonly { readonly axis: number; readonly offset: number }[];
  /** Whether so many axes are to blame that no one of them is: they share it. */
  readonly shared: boolean;
}

/** A box that leaves out bad points. */
interface DrawnIn {
  readonly box: Reach;
  /** Whether most axes shared the blame for half of the points, or there were none: the border is no box, and has bad points near any that is large. */
  readonly soft: boolean;
}

/**
 * Draws a box in until it leaves out bad points of it, by the faces that are to blame. In many dimensions a point lies near some face by chance, and
 * to cut it off there would cost a slab and leave all that is bad beside it. So f is asked: the point is taken back towards u0 to where f begins to be
 * bad, then one coordinate after the other is set to that of u0. The faces whose coordinates make it good are to blame. Of those, the ones are moved
 * that leave out most of the bad points for the least volume; where most axes share the blame, all of them give way a little.
 *
 * @param bad Offsets of bad points in the box.
 */
export function* drawIn(
  evidence: Evidence,
  box: Reach,
  { bad, floor }: { readonly bad: readonly Float64Array[]; readonly floor: number },
): Generator<PointRequest, DrawnIn, PointResponse> {
  const points = bad.slice(0, MOST_POINTS).map((offset) => offset.map((value, k) => evidence.unwrap(k, value, box)));
  const ask = function* (offsets: Float64Array[]): Generator<PointRequest, Float64Array, PointResponse> {
    const { scores } = yield evidence.request(offsets, box);
    evidence.take(offsets, scores);
    return scores;
  };
  // Where f begins to be bad between u0 and each point.
  const onsets = points.map((point) => ({ point, good: 0, bad: 1 }));
  for (let round = 0; round < 2; round++) yield* narrow(onsets, (onset, share) => onset.point.map((value) => share * value), ask, floor);
  const starts = onsets.map(({ point, bad }) => point.map((value) => bad * value));
  const blames = yield* assignBlame(starts, box, ask, floor);
  const drawn = copyReach(box);
  const factors = onsets.filter((_, i) => blames[i].shared).map(({ good, bad }) => (good + bad) / 2).sort((a, b) => a - b);
  if (factors.length > 0) giveWay(drawn, blames.filter(({ shared }) => shared), factors[factors.length >> 1]);
  moveFaces(drawn, blames.filter(({ shared }) => !shared));
  return { box: drawn, soft: 2 * factors.length >= points.length };
}

/** A way along which f is good at share `good` and bad at share `bad`. */
interface Onset {
  readonly point: Float64Array;
  good: number;
  bad: number;
}

type Ask = (offsets: Float64Array[]) => Generator<PointRequest, Float64Array, PointResponse>;

/** Scores points between the good and the bad share of each way, and takes the first bad one. */
function* narrow<T extends Onset>(
  onsets: readonly T[],
  at: (onset: T, share: number) => Float64Array,
  ask: Ask,
  floor: number,
): Generator<PointRequest, void, PointResponse> {
  if (onsets.length === 0) return;
  const shares = onsets.map(({ good, bad }) => Array.from({ length: PARTS - 1 }, (_, i) => good + (bad - good) * (i + 1) / PARTS));
  const scores = yield* ask(onsets.flatMap((onset, i) => shares[i].map((share) => at(onset, share))));
  onsets.forEach((onset, i) => {
    const first = shares[i].findIndex((_, j) => scores[i * (PARTS - 1) + j] < floor);
    if (first >= 0) onset.bad = shares[i][first];
    const last = first < 0 ? PARTS - 2 : first - 1;
    if (last >= 0) onset.good = shares[i][last];
  });
}

function* assignBlame(
  starts: readonly Float64Array[],
  box: Reach,
  ask: Ask,
  floor: number,
): Generator<PointRequest, Blame[], PointResponse> {
  const n = box.low.length;
  const scores = yield* ask(starts.flatMap((start) => Array.from(start, (_, k) => start.map((value, j) => j === k ? 0 : value))));
  const blamed = starts.map((start, i) => Array.from(start.keys()).filter((k) => start[k] !== 0 && scores[i * n + k] >= floor));
  const shared = blamed.map((axes) => axes.length === 0 || axes.length > Math.max(2, n / 4));
  // How far out the faces to blame may lie with the other coordinates as they are.
  const ways = starts.flatMap((point, i) =>
    shared[i] ? [] : blamed[i].sort((one, other) => kept(box, other, point[other]) - kept(box, one, point[one])).slice(0, CLOSE_FACES)
      .map((axis) => ({ i, axis, point, good: 0, bad: 1 }))
  );
  for (let round = 0; round < 2; round++) {
    yield* narrow(ways, ({ point, axis }, share) => point.map((value, k) => k === axis ? share * value : value), ask, floor);
  }
  return starts.map((point, i) => ({
    point,
    shared: shared[i],
    faces: shared[i]
      ? (blamed[i].length > 0 ? blamed[i] : Array.from(point.keys())).map((axis) => ({ axis, offset: point[axis] }))
      : ways.filter((way) => way.i === i).map(({ axis, good, bad }) => ({ axis, offset: (good || bad / 2) * point[axis] })),
  }));
}

/** Draws in all faces that share the blame for some point. */
function giveWay(box: Reach, blames: readonly Blame[], factor: number): void {
  const low = new Set<number>(), high = new Set<number>();
  for (const { faces } of blames) for (const { axis, offset } of faces) (offset < 0 ? low : high).add(axis);
  for (const axis of low) box.low[axis] *= factor;
  for (const axis of high) box.high[axis] *= factor;
}

/** Moves faces until each point is left out by one of its own, the faces first that leave out most points for their share of the volume. */
function moveFaces(box: Reach, blames: readonly Blame[]): void {
  let left = blames.filter(({ point }) => inside(box, point));
  while (left.length > 0) {
    let best = { axis: 0, offset: 0, worth: -1 };
    for (const { faces } of left) {
      for (const { axis, offset } of faces) {
        const out = left.filter(({ point }) => offset < 0 ? point[axis] < offset : point[axis] > offset).length;
        const worth = out / (1e-9 - Math.log(Math.max(1e-9, kept(box, axis, offset))));
        if (worth > best.worth) best = { axis, offset, worth };
      }
    }
    if (best.worth < 0) return;
    if (best.offset < 0) box.low[best.axis] = Math.max(box.low[best.axis], best.offset);
    else box.high[best.axis] = Math.min(box.high[best.axis], best.offset);
    const before = left.length;
    left = left.filter(({ point }) => inside(box, point));
    if (left.length === before) return;
  }
}

function inside({ low, high }: Reach, point: Float64Array): boolean {
  return point.every((value, k) => value >= low[k] && value <= high[k]);
}

/** The share of its side that a box keeps where a face goes to an offset. */
function kept({ low, high }: Reach, axis: number, offset: number): number {
  return (offset < 0 ? high[axis] - offset : offset - low[axis]) / (high[axis] - low[axis]);
}
