import { type ComputeNode, type Node, type RenderTarget, StorageBufferAttribute, type WebGPURenderer } from "three/webgpu";
import { Fn, If, instanceIndex, int, ivec2, storage, texture, uniform, vec4, wgslFn } from "three/tsl";
import type { Scene } from "../../../core/scene.ts";
import { type Atlas, SAMPLES } from "./atlas.ts";

/** Threads of a workgroup. */
const GROUP = 64;

/** A sample as numbers, of an object in one color and in several: red, green, blue, presence. */
const READERS = {
  white: wgslFn<Record<string, Node>>(`
fn sampleAt(samples: texture_2d<u32>, at: vec2<i32>) -> vec4<f32> {
  let bits = textureLoad(samples, at, 0i).x;
  return vec4<f32>(vec3<f32>(bitcast<f32>(bits & ~1u)), f32(bits & 1u));
}`),
  mesh: wgslFn<Record<string, Node>>(`
fn sampleAt(samples: texture_2d<u32>, at: vec2<i32>) -> vec4<f32> {
  let bits = textureLoad(samples, at, 0i);
  return vec4<f32>(bitcast<vec3<f32>>(bits.xyz), f32(bits.w));
}`),
};

/** Averages samples to pixels, and puts the object's color and the background to them. Writes pictures as the network wants them. */
export class PicturePass {
  /** [tiles x 3 x height x width]. */
  readonly pictures: StorageBufferAttribute;
  /** Colors of object and background, [tiles x 2 x 4]. */
  readonly #colors: StorageBufferAttribute;
  readonly #pixels = uniform(0, "uint");
  readonly #kernel: ComputeNode;
  readonly #planeSize: number;

  constructor(atlas: Atlas, samples: RenderTarget, colors: "white" | "mesh") {
    const { width, height, tiles, columns } = atlas;
    this.#planeSize = width * height;
    this.pictures = new StorageBufferAttribute(new Float32Array(3 * width * height * tiles), 1);
    this.#colors = new StorageBufferAttribute(new Float32Array(8 * tiles), 4);
    const pictures = storage(this.pictures, "float", this.pictures.count);
    const tints = storage(this.#colors, "vec4", this.#colors.count).toReadOnly();
    const plane = uniform(width * height, "int"), across = uniform(width, "int"), down = uniform(height, "int");
    const tilesAcross = uniform(columns, "int");
    const sampleAt = READERS[colors];
    const read = (x: Node<"int">, y: Node<"int">) => sampleAt({ samples: texture(samples.texture), at: ivec2(x, y) }) as Node<"vec4">;
    this.#kernel = Fn(() => {
      If(instanceIndex.lessThan(this.#pixels), () => {
        const index = int(instanceIndex);
        const tile = index.div(plane), pixel = index.mod(plane);
        const left = tile.mod(tilesAcross).mul(across).add(pixel.mod(across)).mul(SAMPLES);
        const top = tile.div(tilesAcross).mul(down).add(pixel.div(across)).mul(SAMPLES);
        const sum = vec4(0).toVar();
        for (let y = 0; y < SAMPLES; y++) {
          for (let x = 0; x < SAMPLES; x++) {
            sum.addAssign(read(left.add(x), top.add(y)));
          }
        }
        sum.mulAssign(1 / SAMPLES ** 2);
        const object = tints.element(tile.mul(2)), background = tints.element(tile.mul(2).add(1));
        const color = sum.xyz.mul(object.xyz).add(background.xyz.mul(sum.w.oneMinus())).toVar();
        const first = tile.mul(3).mul(plane).add(pixel);
        pictures.element(first).assign(color.x);
        pictures.element(first.add(plane)).assign(color.y);
        pictures.element(first.add(plane.mul(2))).assign(color.z);
      });
    })().computeKernel([GROUP]);
  }

  /** Makes the pictures of scenes whose samples have been drawn, one a tile. */
  run(renderer: WebGPURenderer, scenes: readonly Scene[]): void {
    const colors = this.#colors.array as Float32Array;
    scenes.forEach(({ object, background }, i) => {
      colors.set(object.color, 8 * i);
      colors.set(background, 8 * i + 4);
    });
    this.#colors.needsUpdate = true;
    this.#pixels.value = scenes.length * this.#planeSize;
    renderer.compute(this.#kernel, scenes.length * this.#planeSize);
  }

  /** Frees the pipeline. */
  dispose(): void {
    this.#kernel.dispose();
  }
}
