import { readScene, type Scene, SCENE_SIZE, type SceneTangent, writeScene } from "./scene.ts";
import type { SemanticParameter } from "./semantic_parameter.ts";

/** Step of the difference, as a share of the parameter's range: the error of either kind, of the step and of rounding, is then about 1e-9. */
const STEP = 1e-5;

/** The scene's numbers that are angles in degrees, where a whole turn is no difference: azimuth, elevation, roll and the object's rotations. */
const ANGLES: ReadonlySet<number> = new Set([0, 1, 3, 10, 11, 12]);

/**
 * The derivative of the scene's numbers along a semantic parameter at `value`, by central difference in float64; at the parameter's limits by a
 * one-sided difference of the same order. Whoever writes a parameter gets its gradient from this.
 *
 * @param scene What the parameter is applied to: a scene with all other parameters applied.
 */
export function sceneTangent(parameter: SemanticParameter, scene: Scene, value: number): SceneTangent {
  const step = STEP * (parameter.high - parameter.low);
  const [low, high] = parameter.limits ?? [-Infinity, Infinity];
  if (value - step < low) return difference(parameter, scene, value, step);
  if (value + step > high) return difference(parameter, scene, value, -step);
  const row = rowAt(parameter, scene, value + step), before = rowAt(parameter, scene, value - step);
  for (let i = 0; i < SCENE_SIZE; i++) row[i] = turn(i, row[i] - before[i]) / (2 * step);
  return readScene(row);
}

/** Three points on one side: exact for a square, like the central difference. */
function difference(parameter: SemanticParameter, scene: Scene, value: number, step: number): SceneTangent {
  const start = rowAt(parameter, scene, value),
    next = rowAt(parameter, scene, value + step),
    last = rowAt(parameter, scene, value + 2 * step);
  for (let i = 0; i < SCENE_SIZE; i++) start[i] = (4 * turn(i, next[i] - start[i]) - turn(i, last[i] - start[i])) / (2 * step);
  return readScene(start);
}

function rowAt(parameter: SemanticParameter, scene: Scene, value: number): Float64Array {
  const row = new Float64Array(SCENE_SIZE);
  writeScene(parameter.apply(scene, value), row);
  return row;
}

/** An angle that was brought back into its range has jumped by whole turns. */
function turn(i: number, difference: number): number {
  return ANGLES.has(i) ? difference - 360 * Math.round(difference / 360) : difference;
}
