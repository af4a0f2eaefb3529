import type { PointRequest, PointResponse } from "../../../core/region_method.ts";
import type { Evidence, Reach } from "./evidence.ts";

/** Where each ray from u0 is scored, as shares of the way to the border of Omega, or half way around a period. */
const SHARES = [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1];
/** How far a face is put where already the first point of its ray fails. */
const SHORTEST = 1 / 32;

/** Most points that {@linkcode reachOut} scores over `n` parameters. */
export function raysCost(n: number): number {
  return 2 * SHARES.length * n;
}

/** How far f stays at `level` or above along each axis from u0, both ways: a first idea of the scale of each axis. */
export function* reachOut(
  evidence: Evidence,
  { level, from }: { level: number; from: Reach },
): Generator<PointRequest, Reach, PointResponse> {
  const n = evidence.dimensions;
  const offsets: Float64Array[] = [];
  const rays: { axis: number; distance: number; length: number }[] = [];
  for (let axis = 0; axis < n; axis++) {
    const room = evidence.room(axis), turn = evidence.periods[axis] > 0 ? 2 : 1;
    for (const length of [room.low / turn, room.high / turn]) {
      if (length === 0) continue;
      for (const share of SHARES) {
        const offset = new Float64Array(n);
        offset[axis] = share * length;
        offsets.push(offset);
        rays.push({ axis, distance: share * length, length });
      }
    }
  }
  const { scores } = yield evidence.request(offsets, from);
  evidence.take(offsets, scores);
  const reach = { low: new Float64Array(n), high: new Float64Array(n) };
  for (let i = 0; i < rays.length;) {
    const { axis, length } = rays[i];
    const side = length < 0 ? reach.low : reach.high;
    side[axis] = SHORTEST * length;
    const end = i + SHARES.length;
    for (; i < end && scores[i] >= level; i++) side[axis] = rays[i].distance;
    i = end;
  }
  return reach;
}
