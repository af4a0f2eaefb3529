import { renderPictures } from "../../core/picture.ts";
import { Random } from "../../core/random.ts";
import type { Renderer } from "../../core/renderer.ts";
import { DEFAULT_SCENE, type Scene } from "../../core/scene.ts";
import { SHAPE_FAMILIES, shapeMesh } from "../../plugins/meshes/shapes/catalog.ts";
import { raster } from "../../plugins/renderers/raster/raster.ts";
import { PICTURE_SIZE } from "../network/architecture.ts";
import { addNoise, drawScene } from "./augmentation.ts";
import { drawView, type ViewSet } from "./views.ts";

/** Names of the classes, in the order of a network's outputs. */
export const CLASSES: readonly string[] = SHAPE_FAMILIES.map(({ name }) => name);

/** What pictures are drawn of. */
export interface DataSet {
  /** Where each class is seen from; classes that it does not name are not drawn. */
  readonly views: ViewSet;
  /** The shape variations that are drawn: so many from the first on. */
  readonly variations: { readonly first: number; readonly count: number };
  /** Whether light, colors, distance, background, blur and noise vary, or are those of the default scene. */
  readonly augment: boolean;
  readonly seed: number;
}

/** Numbers in one picture. */
export const PICTURE_LENGTH = 3 * PICTURE_SIZE * PICTURE_SIZE;

/** The class of picture number `index` of a data set: each in turn. */
export function labelOf({ views }: DataSet, index: number): number {
  const names = CLASSES.filter((name) => (views[name] ?? []).length > 0);
  return CLASSES.indexOf(names[index % names.length]);
}

/** Draws the pictures of a data set. Picture number i depends on the seed and i only, whoever draws it. */
export class Studio {
  readonly #set: DataSet;
  /** One a shape: what a renderer finds out about its mesh takes longer than a picture. */
  readonly #renderers = new Map<string, Renderer>();

  constructor(set: DataSet) {
    this.#set = set;
  }

  /** Draws pictures `first` to `first + count - 1`, [count x 3 x 64 x 64], RGB in [0, 1]. */
  async draw(first: number, count: number): Promise<Float32Array<ArrayBuffer>> {
    const pictures = new Float32Array(count * PICTURE_LENGTH);
    for (let i = 0; i < count; i++) await this.#drawOne(first + i, pictures.subarray(i * PICTURE_LENGTH, (i + 1) * PICTURE_LENGTH));
    return pictures;
  }

  async #drawOne(index: number, picture: Float32Array): Promise<void> {
    const { views, variations, augment, seed } = this.#set;
    const random = new Random(seed, index);
    const name = CLASSES[labelOf(this.#set, index)];
    const variation = variations.first + random.integer(variations.count);
    const view = drawView(views[name], random);
    const scene: Scene = augment
      ? drawScene(view, random)
      : { ...DEFAULT_SCENE, camera: { ...DEFAULT_SCENE.camera, azimuth: view[0], elevation: view[1] } };
    await renderPictures(await this.#renderer(name, variation), [scene], SIZE, picture);
    if (augment) addNoise(picture, PICTURE_SIZE, random);
  }

  async #renderer(name: string, variation: number): Promise<Renderer> {
    const key = `${name}:${variation}`;
    const renderer = this.#renderers.get(key) ?? await raster.create(shapeMesh(name, variation), { ...SIZE, colors: "white" });
    this.#renderers.set(key, renderer);
    return renderer;
  }
}

const SIZE = { width: PICTURE_SIZE, height: PICTURE_SIZE };
