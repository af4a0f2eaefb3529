/// <reference lib="dom" />
import type { Mesh } from "../../../../core/mesh.ts";
import { postProcess } from "../../../../core/post_processing.ts";
import { SceneSpace } from "../../../../core/scene_space.ts";
import type { Axis } from "../../../../core/semantic_space.ts";
import { parameters } from "../../../parameters/mod.ts";
import { ExactRenderer } from "../../../renderers/raster/exact.ts";
import { createRaster } from "../../../renderers/raster/raster.ts";
import type { PictureSubject } from "./subjects.ts";

/** The scenes of a space; null where it has a parameter that is not built in. */
export function scenesOf(space: readonly Axis[], fixed: Readonly<Record<string, number>>): SceneSpace | null {
  const find = (name: string) => parameters.find((parameter) => parameter.name === name);
  const varying = space.flatMap(({ name, low, high }) => {
    const parameter = find(name);
    return parameter === undefined ? [] : [{ parameter, range: [low, high] as const }];
  });
  const held = Object.entries(fixed).flatMap(([name, value]) => {
    const parameter = find(name);
    return parameter === undefined ? [] : [[parameter, value] as const];
  });
  const isKnown = varying.length === space.length && held.length === Object.keys(fixed).length;
  return isKnown ? new SceneSpace(varying, held, parameters) : null;
}

/** Draws what a network sees at points of a space: with the run's own renderer and parameters, and with `raster` where it had one that a page lacks. */
export class Painter {
  readonly #scenes: SceneSpace;
  readonly #renderer: ExactRenderer | ReturnType<typeof createRaster>;
  readonly #size: { readonly width: number; readonly height: number };
  readonly #picture: Float32Array;

  constructor(mesh: Mesh, scenes: SceneSpace, { renderer, width, height, colors, shading }: PictureSubject) {
    this.#scenes = scenes;
    this.#size = { width, height };
    const options = { width, height, colors, shading };
    this.#renderer = renderer === "exact" ? new ExactRenderer(mesh, options) : createRaster(mesh, options);
    this.#picture = new Float32Array(3 * width * height);
  }

  /** Draws the picture at a point onto a canvas, which takes its size. */
  async paint(canvas: HTMLCanvasElement, point: readonly number[]): Promise<void> {
    const { width, height } = this.#size;
    const [scene] = await this.#scenes.scenes(this.#scenes.space.project(Float64Array.from(point)));
    const picture = this.#picture;
    this.#renderer.render([scene], picture);
    postProcess(picture, scene.post, this.#size);
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    const pixels = new ImageData(width, height);
    const plane = width * height;
    for (let i = 0; i < plane; i++) {
      for (let channel = 0; channel < 3; channel++) pixels.data[4 * i + channel] = Math.round(255 * picture[channel * plane + i]);
      pixels.data[4 * i + 3] = 255;
    }
    canvas.getContext("2d")?.putImageData(pixels, 0, 0);
  }
}
