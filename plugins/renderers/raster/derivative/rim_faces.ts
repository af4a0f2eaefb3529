import type { DepthBuffer } from "../depth_buffer.ts";
import type { Surface } from "../surface.ts";
import { SAMPLES } from "./samples.ts";

/** The faces that lie over the first and last rows and columns of a picture: beyond these no samples and no edges tell which are near. */
export class RimFaces {
  /** Faces counted from 1; those after `count` are of other pictures. */
  readonly list: Uint32Array;
  count = 0;
  /** Left, top, right and bottom of each, in pixels. [count x 4] */
  readonly #bounds: Float64Array;
  readonly #triangles: Uint32Array;
  #buffer!: DepthBuffer;
  #isFound = false;

  constructor({ triangles }: Surface) {
    this.#triangles = triangles;
    this.list = new Uint32Array(triangles.length / 3);
    this.#bounds = new Float64Array(4 * this.list.length);
  }

  /** Begins a picture. */
  begin(buffer: DepthBuffer): void {
    this.#buffer = buffer;
    this.#isFound = false;
  }

  /** Whether a pixel is in the first or last row or column. The faces are found when it is first asked for one that is. */
  has(column: number, row: number): boolean {
    const { width, height } = this.#buffer;
    if (column > 0 && row > 0 && column < width / SAMPLES - 1 && row < height / SAMPLES - 1) return false;
    if (!this.#isFound) this.#find();
    return true;
  }

  /** Whether face number `k` of the list may lie over some of a pixel. */
  mayReach(k: number, column: number, row: number): boolean {
    const bounds = this.#bounds, at = 4 * k;
    return bounds[at] <= column + 1 && bounds[at + 2] >= column && bounds[at + 1] <= row + 1 && bounds[at + 3] >= row;
  }

  #find(): void {
    const { screen } = this.#buffer;
    const triangles = this.#triangles, bounds = this.#bounds;
    const width = this.#buffer.width / SAMPLES, height = this.#buffer.height / SAMPLES;
    this.#isFound = true;
    this.count = 0;
    for (let t = 0; t < triangles.length; t += 3) {
      const a = 3 * triangles[t], b = 3 * triangles[t + 1], c = 3 * triangles[t + 2];
      // What the near plane cuts away hides nothing.
      if (screen[a + 2] === 0 || screen[b + 2] === 0 || screen[c + 2] === 0) continue;
      const left = Math.min(screen[a], screen[b], screen[c]) / SAMPLES, right = Math.max(screen[a], screen[b], screen[c]) / SAMPLES;
      if (left > width || right < 0) continue;
      const top = Math.min(screen[a + 1], screen[b + 1], screen[c + 1]) / SAMPLES;
      const bottom = Math.max(screen[a + 1], screen[b + 1], screen[c + 1]) / SAMPLES;
      if (top > height || bottom < 0 || (left > 1 && right < width - 1 && top > 1 && bottom < height - 1)) continue;
      const at = 4 * this.count;
      bounds[at] = left;
      bounds[at + 1] = top;
      bounds[at + 2] = right;
      bounds[at + 3] = bottom;
      this.list[this.count++] = t / 3 + 1;
    }
  }
}
