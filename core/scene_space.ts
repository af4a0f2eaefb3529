import { InputError, outOfRange } from "./errors.ts";
import { DEFAULT_SCENE, frozenScene, type Scene, SCENE_SIZE, writeScene } from "./scene.ts";
import { SemanticSpace } from "./semantic_space.ts";
import { applyParameter, type ParameterPlugin } from "./semantic_parameter.ts";

/** One parameter of a run: the range over which it varies, or the value at which it is held. */
export interface ParameterChoice {
  /** What varies or is held. */
  readonly parameter: ParameterPlugin;
  /** Absent: the parameter's own range. */
  readonly range?: readonly [low: number, high: number];
}

/** A semantic space together with what turns its points into scenes. */
export class SceneSpace {
  /** Omega. */
  readonly space: SemanticSpace;
  /** Values of the held parameters, by name. */
  readonly fixed: Readonly<Record<string, number>>;
  /** The held parameters and the varying ones, each in the order of application, with the value or the axis of each. */
  readonly #held: readonly (readonly [ParameterPlugin, number])[];
  readonly #applied: readonly { readonly parameter: ParameterPlugin; readonly axis: number }[];
  #base: Promise<Scene> | undefined;

  /**
   * The space over some parameters, with others held.
   *
   * @param varying The axes, in order.
   * @param held Parameters with the values at which they are held.
   * @param order All parameters in the order in which they are applied, whatever the order of the axes: some set what others refine.
   * @throws InputError where a value makes no sense, or a parameter is held and varies.
   */
  constructor(
    varying: readonly ParameterChoice[],
    held: readonly (readonly [ParameterPlugin, number])[] = [],
    order: readonly ParameterPlugin[] = [],
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
    const rank = (parameter: ParameterPlugin) => {
      const place = order.indexOf(parameter);
      return place < 0 ? order.length : place;
    };
    const varyingNames = new Set(varying.map(({ parameter }) => parameter.name));
    for (const [parameter, value] of held) {
      if (varyingNames.has(parameter.name)) {
        throw new InputError(`Parameter "${parameter.name}" is held at ${value} and varies as well: choose one of the two`);
      }
      requireLimits(parameter, value);
    }
    this.fixed = Object.fromEntries(held.map(([parameter, value]) => [parameter.name, value]));
    this.#held = held.toSorted((left, right) => rank(left[0]) - rank(right[0]));
    this.#applied = varying
      .map(({ parameter }, axis) => ({ parameter, axis }))
      .toSorted((left, right) => rank(left.parameter) - rank(right.parameter));
  }

  /** The scenes at points [count x n]. Points are taken as they are: project them first. */
  async scenes(points: ArrayLike<number>): Promise<readonly Scene[]> {
    const n = this.space.dimensions;
    const count = this.space.count(points);
    let scenes: readonly Scene[] = new Array<Scene>(count).fill(await (this.#base ??= this.#applyHeld()));
    const values = new Float64Array(count);
    for (const { parameter, axis } of this.#applied) {
      for (let i = 0; i < count; i++) values[i] = points[i * n + axis];
      scenes = await applyParameter(parameter, scenes, values);
    }
    return scenes;
  }

  /** Scenes of points [count x n] as rows, [count x SCENE_SIZE]. */
  async rows(points: Float64Array): Promise<Float64Array> {
    const scenes = await this.scenes(points);
    const rows = new Float64Array(scenes.length * SCENE_SIZE);
    scenes.forEach((scene, i) => writeScene(scene, rows, i * SCENE_SIZE));
    return rows;
  }

  /**
   * Derivatives of the scenes of points [count x n] along each parameter, [count x n x SCENE_SIZE]: central differences in float64, about the nearest
   * point whose neighbors lie within the parameter's limits. Whoever writes a parameter gets its gradient from this.
   */
  async tangents(points: Float64Array): Promise<Float64Array> {
    const n = this.space.dimensions;
    const count = this.space.count(points);
    const tangents = new Float64Array(count * n * SCENE_SIZE);
    for (const { parameter: { limits = [-Infinity, Infinity] }, axis } of this.#applied) {
      const step = this.space.extent(axis) * RELATIVE_STEP;
      const moved = (by: number) =>
        points.map((value, i) => i % n === axis ? Math.min(Math.max(value, limits[0] + step), limits[1] - step) + by : value);
      const [forward, backward] = [await this.rows(moved(step)), await this.rows(moved(-step))];
      for (let i = 0; i < count; i++) {
        const row = i * SCENE_SIZE, start = (i * n + axis) * SCENE_SIZE;
        for (let s = 0; s < SCENE_SIZE; s++) tangents[start + s] = shortest(s, forward[row + s] - backward[row + s]) / (2 * step);
      }
    }
    return tangents;
  }

  async #applyHeld(): Promise<Scene> {
    let scenes: readonly Scene[] = [DEFAULT_SCENE];
    for (const [parameter, value] of this.#held) scenes = await applyParameter(parameter, scenes, Float64Array.of(value));
    return frozenScene(scenes[0]);
  }
}

/** Balances rounding (2^-53) against curvature: the cube root of the first, about. */
const RELATIVE_STEP = 2 ** -18;

/** The scene's numbers that are angles in degrees, where a whole turn is no difference: azimuth, elevation, roll and the object's rotations. */
const ANGLES: ReadonlySet<number> = new Set([0, 1, 3, 10, 11, 12]);

/** The difference of two of the scene's numbers: an angle that a parameter brings back into its range has jumped by whole turns. */
function shortest(index: number, difference: number): number {
  return ANGLES.has(index) ? difference - 360 * Math.round(difference / 360) : difference;
}

function requireLimits({ name, limits }: ParameterPlugin, value: number): void {
  if (limits !== undefined && !(value >= limits[0] && value <= limits[1])) throw outOfRange(`"${name}"`, value, limits[0], limits[1]);
  if (!Number.isFinite(value)) throw new InputError(`"${name}" must be a number: current value is ${value}`);
}
