import type { Mesh } from "../../../../core/mesh.ts";
import { differentiatePicture, type PictureGradient } from "../../../../core/picture.ts";
import { postProcess } from "../../../../core/post_processing.ts";
import { Random } from "../../../../core/random.ts";
import type { Renderer, Shading } from "../../../../core/renderer.ts";
import { readScene, type Scene, SCENE_SIZE, type SceneTangent, writeScene } from "../../../../core/scene.ts";
import type { SemanticParameter } from "../../../../core/semantic_parameter.ts";
import { parameters } from "../../../../plugins/parameters/mod.ts";
import { createRaster } from "../../../../plugins/renderers/raster/raster.ts";
import { noiseSphere } from "../../../../bench/noise_sphere.ts";
import { sceneWith } from "../conformance.ts";
import { box, join } from "../meshes.ts";

/** The scene in which every parameter is differentiated: nothing in it is at a kink, at an end of its range, or symmetric. */
export const SCENE: Scene = sceneWith({
  camera: { azimuth: 37, elevation: 23, distance: 2.7, roll: 5, fieldOfView: 58 },
  light: { direction: [0.3, 1, -0.5], directional: 0.5, ambient: 0.35 },
  object: { rotation: [4, 7, -3], shift: [0.03, -0.02, 0.05], color: [0.9, 0.7, 0.8] },
  background: [0.1, 0.2, 0.15],
  post: { blur: 0, contrast: 0.95, brightness: 0.02 },
});

/**
 * Every parameter with the value at which it is differentiated and the half step of the central difference, at pictures of 64 pixels: so far that what
 * moves does so by about a pixel, for less would be lost among 16 x 16 samples.
 */
const STEPS: Readonly<Record<string, readonly [value: number, step: number]>> = {
  "azimuth": [37, 2],
  "elevation": [23, 2],
  "distance": [2.7, 0.06],
  "roll": [5, 2],
  "field-of-view": [58, 1.5],
  "rotation-x": [4, 2],
  "rotation-y": [7, 2],
  "rotation-z": [-3, 2],
  "shift-x": [0.03, 0.03],
  "shift-y": [-0.02, 0.03],
  "shift-z": [0.05, 0.06],
  "light-x": [0.3, 0.04],
  "light-y": [1, 0.04],
  "light-z": [-0.5, 0.04],
  "light-elevation": [55, 2],
  "light-azimuth": [140, 2],
  "directional": [0.5, 0.05],
  "ambient": [0.35, 0.05],
  "hue": [200, 5],
  "red": [0.9, 0.05],
  "green": [0.7, 0.05],
  "blue": [0.8, 0.05],
  "background": [0.2, 0.05],
  "background-red": [0.1, 0.05],
  "background-green": [0.2, 0.05],
  "background-blue": [0.15, 0.05],
  "blur": [0.012, 0.001],
  "contrast": [0.9, 0.03],
  "brightness": [0.03, 0.02],
};

/** A parameter and where it is differentiated. */
export interface DerivativeCase {
  readonly parameter: SemanticParameter;
  readonly value: number;
  /** Half the width of the central difference. */
  readonly step: number;
  /** Places within the step at which the derivative's mean is taken: many where edges move, or faces turn from the light. */
  readonly points: number;
}

/** The cases of the table, one for each built-in parameter. A new parameter needs a row. */
export function derivativeCases(size: number): DerivativeCase[] {
  return parameters.map((parameter) => {
    const row = STEPS[parameter.name];
    if (row === undefined) throw new RangeError(`Parameter "${parameter.name}" needs a row in the table of derivatives`);
    const moves = /^(azimuth|elevation|distance|roll|field-of-view|rotation-.|shift-.)$/.test(parameter.name);
    const turns = /^light-/.test(parameter.name);
    return { parameter, value: row[0], step: moves ? row[1] * 64 / size : row[1], points: moves ? 20 : turns ? 12 : 3 };
  });
}

/** How far a derivative picture is from a central difference of finely sampled pictures. */
export interface DerivativeError {
  /** Relative L2 error of the derivative at the middle of the step. */
  readonly middle: number;
  /** The same of the derivative's mean over the step, which is what a central difference is. */
  readonly mean: number;
  /** Relative error of the mean's inner products with smooth random weights, root mean square. */
  readonly products: number;
}

/** The meshes of the table, from 12 to 50 thousand triangles. */
export const MESHES: Readonly<Record<string, () => Mesh>> = {
  "box": () => box([1.4, 0.8, 1]),
  "colored box": () => box([1.4, 0.8, 1], [0, 0, 0], true),
  // Bars and a plate, down to a pixel and less across, that hide one another.
  "thin parts": () =>
    join(
      box([2, 0.06, 0.06]),
      box([0.05, 1.6, 0.05], [0.5, 0.2, 0.1]),
      box([0.04, 0.04, 1.8], [-0.4, 0.3, 0]),
      box([0.9, 0.5, 0.03], [0, -0.3, -0.4]),
    ),
  // Boxes that go through each other, and one that stands on another.
  "crossing parts": () =>
    join(box([1.6, 0.4, 1.2], [0, -0.4, 0]), box([0.4, 1.4, 0.3], [0.5, 0.1, 0.1]), box([0.5, 0.5, 0.5], [-0.4, 0.05, -0.1])),
  "rough 500": () => stretched(noiseSphere(12, 0.05)),
  "rough 500, running colors": () => stretched(painted(noiseSphere(12, 0.05))),
  "rough 10k": () => stretched(noiseSphere(50, 0.02)),
  "rough 50k": () => stretched(noiseSphere(112, 0.005)),
};

/** A mesh that is longer in x than in y, and in y than in z, so that its outline moves whichever way it turns. */
function stretched(mesh: Mesh): Mesh {
  return { ...mesh, positions: mesh.positions.map((value, i) => value * [1, 0.7, 0.5][i % 3]) };
}

/** A mesh with colors that run smoothly over it. */
function painted(mesh: Mesh): Mesh {
  const colors = new Float32Array(3 * mesh.triangles.length);
  mesh.triangles.forEach((vertex, corner) => {
    for (let k = 0; k < 3; k++) colors[3 * corner + k] = 0.5 + 0.4 * Math.sin(3 * mesh.positions[3 * vertex + k] + k);
  });
  return { ...mesh, colors };
}

/** Draws and differentiates one mesh in every way that the table compares. */
export class DerivativeBench {
  readonly size: number;
  readonly #renderer: Renderer;
  readonly #fine: Renderer;
  readonly #weights: readonly Float32Array[];

  /** @param options `samples`: along a side of a pixel of the pictures that are differenced. */
  constructor(
    mesh: Mesh,
    size: number,
    { samples = 16, shading = "flat" }: { readonly samples?: number; readonly shading?: Shading } = {},
  ) {
    const options = { width: size, height: size, colors: mesh.colors === undefined ? "white" : "mesh", shading } as const;
    this.size = size;
    this.#renderer = createRaster(mesh, options);
    this.#fine = createRaster(mesh, { ...options, samples });
    const random = new Random(7);
    this.#weights = Array.from({ length: 12 }, () => smoothWeights(size, random));
  }

  /** The picture whose derivative is given, and the derivative. */
  async differentiate(
    { parameter }: DerivativeCase,
    value: number,
    gradient?: PictureGradient,
  ): Promise<{ picture: Float32Array; derivative: Float32Array }> {
    const length = 3 * this.size * this.size;
    const picture = new Float32Array(length), derivatives = new Float32Array(length);
    const scene = parameter.apply(SCENE, value);
    const tangents = [tangentOf(parameter, value)];
    await differentiatePicture(this.#renderer, scene, { width: this.size, height: this.size, tangents, picture, derivatives, gradient });
    return { picture, derivative: derivatives };
  }

  /** The finely sampled picture. */
  fine({ parameter }: DerivativeCase, value: number): Float32Array {
    const picture = new Float32Array(3 * this.size * this.size);
    const scene = parameter.apply(SCENE, value);
    this.#fine.render([scene], picture);
    postProcess(picture, scene.post, { width: this.size, height: this.size });
    return picture;
  }

  /** How far the derivative is from a central difference, over a step that hardly changes it, of the picture whose derivative it is. */
  async compareOwn(row: DerivativeCase): Promise<number> {
    const step = row.step / 200;
    const [before, { derivative }, after] = await Promise.all([-step, 0, step].map((off) => this.differentiate(row, row.value + off)));
    return relativeError(derivative, difference(after.picture, before.picture, 2 * step));
  }

  /** Compares a derivative with the central difference. */
  async compare(row: DerivativeCase, gradient?: PictureGradient): Promise<DerivativeError> {
    const { value, step, points } = row;
    const expected = difference(this.fine(row, value + step), this.fine(row, value - step), 2 * step);
    const { derivative } = await this.differentiate(row, value, gradient);
    const mean = new Float32Array(derivative.length);
    for (let k = 0; k < points; k++) {
      const { derivative: one } = await this.differentiate(row, value + step * ((2 * k + 1) / points - 1), gradient);
      for (let i = 0; i < mean.length; i++) mean[i] += one[i] / points;
    }
    let wrong = 0, right = 0;
    for (const weights of this.#weights) {
      const product = innerProduct(weights, expected);
      wrong += (innerProduct(weights, mean) - product) ** 2;
      right += product ** 2;
    }
    return { middle: relativeError(derivative, expected), mean: relativeError(mean, expected), products: Math.sqrt(wrong / right) };
  }
}

/** The scene's derivative along a parameter, by central difference in float64. */
function tangentOf(parameter: SemanticParameter, value: number): SceneTangent {
  const step = 1e-5 * (parameter.high - parameter.low);
  const after = new Float64Array(SCENE_SIZE), before = new Float64Array(SCENE_SIZE);
  writeScene(parameter.apply(SCENE, value + step), after);
  writeScene(parameter.apply(SCENE, value - step), before);
  return readScene(after.map((number, i) => (number - before[i]) / (2 * step)));
}

/** (after - before) / step. */
export function difference(after: Float32Array, before: Float32Array, step: number): Float32Array {
  return after.map((value, i) => (value - before[i]) / step);
}

/** ||value - expected|| / ||expected||. */
export function relativeError(value: Float32Array, expected: Float32Array): number {
  let wrong = 0, right = 0;
  for (let i = 0; i < value.length; i++) {
    wrong += (value[i] - expected[i]) ** 2;
    right += expected[i] ** 2;
  }
  return Math.sqrt(wrong / right);
}

function innerProduct(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < left.length; i++) sum += left[i] * right[i];
  return sum;
}

/** A few waves of random direction, phase and height, a wavelength of an eighth of the picture or longer. [3 x size x size] */
function smoothWeights(size: number, random: Random): Float32Array {
  const weights = new Float32Array(3 * size * size);
  for (let wave = 0; wave < 8; wave++) {
    const height = random.normal(), phase = 2 * Math.PI * random.uniform(), channel = random.integer(3);
    const x = 2 * Math.PI * (16 * random.uniform() - 8) / size, y = 2 * Math.PI * (16 * random.uniform() - 8) / size;
    for (let i = 0; i < size * size; i++) {
      weights[channel * size * size + i] += height * Math.cos(x * (i % size) + y * Math.floor(i / size) + phase);
    }
  }
  return weights;
}
