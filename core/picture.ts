import { differentiatePost, type PictureSize, postProcess } from "./post_processing.ts";
import type { Renderer } from "./renderer.ts";
import { readScene, type Scene, SCENE_SIZE, type SceneTangent, writeScene } from "./scene.ts";

/**
 * Renders scenes as a network is to see them: what the camera sees, post-processed, in [0, 1].
 *
 * @param pictures Is written, [scenes x 3 x height x width].
 */
export async function renderPictures(
  renderer: Renderer,
  scenes: readonly Scene[],
  size: PictureSize,
  pictures: Float32Array,
): Promise<void> {
  await renderer.render(scenes, pictures);
  const length = 3 * size.width * size.height;
  scenes.forEach((scene, i) => postProcess(pictures.subarray(i * length, (i + 1) * length), scene.post, size));
}

/** Where the picture's derivative comes from: the renderer, or differences of its pictures. */
export type PictureGradient = "exact" | "picture";

/** What {@linkcode differentiatePicture} is given and fills. */
export interface PictureDerivatives extends PictureSize {
  /** What the picture is differentiated along. */
  readonly tangents: readonly SceneTangent[];
  /** Is written, [3 x height x width]. */
  readonly picture: Float32Array;
  /** Is written, [tangents x 3 x height x width]. */
  readonly derivatives: Float32Array;
  /** `picture` differences pictures even where the renderer has a derivative. Default: `exact` where it has one. */
  readonly gradient?: PictureGradient;
}

/**
 * Renders one scene as a network is to see it, and the picture's derivatives along scene tangents.
 *
 * A renderer without a derivative has its picture differenced, two renders a tangent, centrally, with a step that moves the object by about half
 * a pixel: less would show the steps of the samples, more would smear. Post-processing is differentiated exactly either way.
 *
 * @returns Where the derivative came from.
 */
export async function differentiatePicture(renderer: Renderer, scene: Scene, options: PictureDerivatives): Promise<PictureGradient> {
  const { tangents, picture, derivatives } = options;
  const exact = renderer.differentiate !== undefined && options.gradient !== "picture";
  if (exact) await renderer.differentiate!(scene, tangents, picture, derivatives);
  else await differencePicture(renderer, scene, options);
  differentiatePost(picture, scene.post, { ...options, tangents: tangents.map(({ post }) => post), derivatives });
  return exact ? "exact" : "picture";
}

async function differencePicture(renderer: Renderer, scene: Scene, options: PictureDerivatives): Promise<void> {
  const { tangents, picture, derivatives, height } = options;
  const size = picture.length;
  const steps = tangents.map((tangent) => differenceStep(tangent, height));
  const scenes = tangents.flatMap((tangent, k) =>
    steps[k] === 0 ? [] : [moved(scene, tangent, steps[k]), moved(scene, tangent, -steps[k])]
  );
  // All at once: a renderer on a GPU has them under way together.
  const pictures = new Float32Array((1 + scenes.length) * size);
  await renderer.render([scene, ...scenes], pictures);
  picture.set(pictures.subarray(0, size));
  let at = size;
  steps.forEach((step, k) => {
    const derivative = derivatives.subarray(k * size, (k + 1) * size);
    if (step === 0) return void derivative.fill(0);
    for (let i = 0; i < size; i++) derivative[i] = (pictures[at + i] - pictures[at + size + i]) / (2 * step);
    at += 2 * size;
  });
}

/** How far each kind of number in a scene goes in a step, in the order of {@linkcode writeScene}; angles and lengths at a height of 1 pixel. */
const ANGLE = 112, LENGTH = 2, VALUE = 0.01;

function differenceStep(tangent: SceneTangent, height: number): number {
  const row = new Float64Array(SCENE_SIZE);
  writeScene(tangent, row);
  let rate = 0;
  // The last three are post-processing, which is not differenced.
  for (let i = 0; i < SCENE_SIZE - 3; i++) {
    const angle = i < 2 || i === 3 || i === 4 || (i >= 10 && i < 13);
    const length = i === 2 || (i >= 13 && i < 16);
    rate = Math.max(rate, Math.abs(row[i]) / (angle ? ANGLE / height : length ? LENGTH / height : VALUE));
  }
  return rate === 0 ? 0 : 1 / rate;
}

function moved(scene: Scene, tangent: SceneTangent, step: number): Scene {
  const row = new Float64Array(SCENE_SIZE), direction = new Float64Array(SCENE_SIZE);
  writeScene(scene, row);
  writeScene(tangent, direction);
  for (let i = 0; i < SCENE_SIZE; i++) row[i] += step * direction[i];
  return readScene(row);
}
