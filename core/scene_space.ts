import { InputError, outOfRange } from "./errors.ts";
import { DEFAULT_SCENE, type Scene, SCENE_SIZE, writeScene } from "./scene.ts";
import { SemanticSpace } from "./semantic_space.ts";
import type { SemanticParameter } from "./semantic_parameter.ts";

/** One parameter of a run: the range over which it varies, or the value at which it is held. */
export interface ParameterChoice {
  readonly parameter: SemanticParameter;
  /** Absent: the parameter's own range. */
  readonly range?: readonly [low: number, high: number];
}

/** A semantic space together with what turns its points into scenes. */
export class SceneSpace {
  readonly space: SemanticSpace;
  readonly fixed: Readonly<Record<string, number>>;
  readonly #base: Scene;
  /** The varying parameters in the order of application, with the axis of each. */
  readonly #applied: readonly { readonly parameter: SemanticParameter; readonly axis: number }[];

  /**
   * @param varying The axes, in order.
   * @param held Parameters with the values at which they are held.
   * @param order All parameters in the order in which they are applied, whatever the order of the axes: some set what others refine.
   */
  constructor(
    varying: readonly ParameterChoice[],
    held: readonly (readonly [SemanticParameter, number])[] = [],
    order: readonly SemanticParameter[] = [],
  ) {
    this.space = new SemanticSpace(varying.map(({ parameter, range }) => {
      const [low, high] = range ?? [parameter.low, parameter.high];
      requireLimits(parameter, low);
      requireLimits(parameter, high);
      return {
        name: parameter.name,
        unit: parameter.unit,
        low,
        high,
        ...(parameter.period === undefined ? {} : { period: parameter.period }),
      };
    }));
    const rank = (parameter: SemanticParameter) => {
      const place = order.indexOf(parameter);
      return place < 0 ? order.length : place;
    };
    const varyingNames = new Set(varying.map(({ parameter }) => parameter.name));
    let base = DEFAULT_SCENE;
    for (const [parameter, value] of held.toSorted((left, right) => rank(left[0]) - rank(right[0]))) {
      if (varyingNames.has(parameter.name)) {
        throw new InputError(`Parameter "${parameter.name}" is held at ${value} and varies as well: choose one of the two`);
      }
      requireLimits(parameter, value);
      base = parameter.apply(base, value);
    }
    this.fixed = Object.fromEntries(held.map(([parameter, value]) => [parameter.name, value]));
    this.#base = base;
    this.#applied = varying
      .map(({ parameter }, axis) => ({ parameter, axis }))
      .toSorted((left, right) => rank(left.parameter) - rank(right.parameter));
  }

  /** The scene at the point that starts at `offset`. */
  scene(points: ArrayLike<number>, offset = 0): Scene {
    let scene = this.#base;
    for (const { parameter, axis } of this.#applied) scene = parameter.apply(scene, points[offset + axis]);
    return scene;
  }

  /** Scenes of points [count x n] as rows, [count x SCENE_SIZE]. Points are taken as they are: project them first. */
  rows(points: Float64Array): Float64Array {
    const n = this.space.dimensions;
    const count = this.space.count(points);
    const rows = new Float64Array(count * SCENE_SIZE);
    for (let i = 0; i < count; i++) writeScene(this.scene(points, i * n), rows, i * SCENE_SIZE);
    return rows;
  }

  /** Derivatives of the scenes of points [count x n] along each parameter by central difference, [count x n x SCENE_SIZE]. */
  tangents(points: Float64Array): Float64Array {
    const n = this.space.dimensions;
    const count = this.space.count(points);
    const tangents = new Float64Array(count * n * SCENE_SIZE);
    const forward = new Float64Array(SCENE_SIZE);
    const backward = new Float64Array(SCENE_SIZE);
    const moved = new Float64Array(n);
    for (let i = 0; i < count; i++) {
      moved.set(points.subarray(i * n, (i + 1) * n));
      for (let k = 0; k < n; k++) {
        const value = moved[k];
        const step = this.space.extent(k) * RELATIVE_STEP;
        writeScene(this.scene((moved[k] = value + step, moved)), forward);
        writeScene(this.scene((moved[k] = value - step, moved)), backward);
        moved[k] = value;
        const start = (i * n + k) * SCENE_SIZE;
        for (let s = 0; s < SCENE_SIZE; s++) tangents[start + s] = (forward[s] - backward[s]) / (2 * step);
      }
    }
    return tangents;
  }
}

/** Balances rounding (2^-53) against curvature: the cube root of the first, about. */
const RELATIVE_STEP = 2 ** -18;

function requireLimits({ name, limits }: SemanticParameter, value: number): void {
  if (limits !== undefined && !(value >= limits[0] && value <= limits[1])) throw outOfRange(`"${name}"`, value, limits[0], limits[1]);
  if (!Number.isFinite(value)) throw new InputError(`"${name}" must be a number: current value is ${value}`);
}
