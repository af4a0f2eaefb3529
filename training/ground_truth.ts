import { type Lattice, latticeOf, latticePoints } from "../core/lattice_map.ts";
import type { Orthotope } from "../core/orthotope.ts";
import { renderPictures } from "../core/picture.ts";
import { DEFAULT_SCENE, type Scene } from "../core/scene.ts";
import { decodeModel } from "../plugins/classifiers/onnx/codec.ts";
import { shapeMesh } from "../plugins/meshes/shapes/catalog.ts";
import { raster } from "../plugins/renderers/raster/raster.ts";
import { CLASSES, PICTURE_LENGTH } from "./data/studio.ts";
import { VIEW_SPACE } from "./data/views.ts";
import { PICTURE_SIZE } from "./network/architecture.ts";
import { numbersOf, openSession, toTensor } from "./session.ts";

/** The lattice over `VIEW_SPACE` with steps of so many degrees, its points in the middles of its cells. */
export function viewLattice(azimuthStep: number, elevationStep: number): Lattice {
  return latticeOf(VIEW_SPACE.axes.map(({ low, high }, i) => {
    const step = [azimuthStep, elevationStep][i];
    return Float64Array.from({ length: Math.round((high - low) / step) }, (_, k) => low + (k + 0.5) * step);
  }));
}

/** Which points of a lattice over `VIEW_SPACE` lie in one of the boxes: 1 or 0, [size]. */
export function coverage(boxes: readonly Orthotope[], lattice: Lattice): Uint8Array {
  const points = latticePoints(lattice);
  return Uint8Array.from(
    { length: lattice.size },
    (_, i) => boxes.some((box) => box.contains(points.subarray(2 * i, 2 * i + 2), VIEW_SPACE)) ? 1 : 0,
  );
}

/**
 * The network semantic maps of one shape, one a network: the score of the shape's class in the default scene at every point of a lattice over
 * `VIEW_SPACE`, [size]. Every picture is drawn once.
 *
 * @param models Bytes of the ONNX files of built-in networks.
 */
export async function mapShape(
  models: readonly Uint8Array[],
  shape: { readonly name: string; readonly variation: number },
  lattice: Lattice,
): Promise<Float64Array[]> {
  const size = { width: PICTURE_SIZE, height: PICTURE_SIZE };
  const renderer = await raster.create(shapeMesh(shape.name, shape.variation), { ...size, colors: "white" });
  const sessions = await Promise.all(models.map((model) => openSession(decodeModel(model, "network"))));
  const maps = models.map(() => new Float64Array(lattice.size));
  const label = CLASSES.indexOf(shape.name);
  const points = latticePoints(lattice);
  const pictures = new Float32Array(BATCH * PICTURE_LENGTH);
  for (let first = 0; first < lattice.size; first += BATCH) {
    const count = Math.min(BATCH, lattice.size - first);
    const scenes = Array.from({ length: count }, (_, i) => sceneAt(points[2 * (first + i)], points[2 * (first + i) + 1]));
    const drawn = pictures.subarray(0, count * PICTURE_LENGTH);
    await renderPictures(renderer, scenes, size, drawn);
    for (const [i, session] of sessions.entries()) {
      const outputs = await session.run({ pictures: toTensor(drawn, [count, 3, PICTURE_SIZE, PICTURE_SIZE]) });
      const logits = numbersOf(outputs.logits);
      for (let k = 0; k < count; k++) maps[i][first + k] = softmaxAt(logits.subarray(k * CLASSES.length, (k + 1) * CLASSES.length), label);
    }
  }
  renderer.dispose();
  await Promise.all(sessions.map((session) => session.release()));
  return maps;
}

const BATCH = 32;

function sceneAt(azimuth: number, elevation: number): Scene {
  return { ...DEFAULT_SCENE, camera: { ...DEFAULT_SCENE.camera, azimuth, elevation } };
}

function softmaxAt(logits: Float32Array, index: number): number {
  const greatest = logits.reduce((most, value) => Math.max(most, value));
  return Math.exp(logits[index] - greatest) / logits.reduce((sum, value) => sum + Math.exp(value - greatest), 0);
}

/**
 * The area under the ROC curve of scores that should tell marked from unmarked items: the chance that a marked one scores higher than an unmarked
 * one, ties counting half (Hanley and McNeil 1982). NaN where all are marked, or none.
 */
export function rocArea(scores: ArrayLike<number>, marks: ArrayLike<number>): number {
  const order = Array.from(scores, (score, i) => [score, marks[i]] as const).sort((left, right) => left[0] - right[0]);
  let ranks = 0;
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end < order.length && order[end][0] === order[start][0]) end++;
    for (let i = start; i < end; i++) if (order[i][1]) ranks += (start + 1 + end) / 2;
    start = end;
  }
  const marked = order.filter(([, mark]) => mark).length;
  return (ranks - marked * (marked + 1) / 2) / (marked * (order.length - marked));
}
