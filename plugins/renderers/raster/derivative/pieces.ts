import { enlarged } from "./candidates.ts";
import { areaBehind, ORIGIN } from "./pixel_shadow.ts";

/** Visible pieces of edges, each within one pixel. Structure of arrays, which grow and are reused. */
export class Pieces {
  count = 0;
  /** Pixel, row-major. */
  pixel: Uint32Array = new Uint32Array(0);
  /** Face on the side to which the piece's normal (-dy, dx) points, counted from 1; 0 where the background is. */
  ahead: Uint32Array = new Uint32Array(0);
  /** Face on the other side. */
  behind: Uint32Array = new Uint32Array(0);
  /** Its middle, in pixels, and 1/z there. */
  x: Float32Array = new Float32Array(0);
  y: Float32Array = new Float32Array(0);
  w: Float32Array = new Float32Array(0);
  /** Its extent in pixels. */
  dx: Float32Array = new Float32Array(0);
  dy: Float32Array = new Float32Array(0);
  /** Area of the pixel that shows `behind` and not what its first sample shows, by this edge; negative where it shows `ahead`. */
  area: Float32Array = new Float32Array(0);

  /** Makes room for more pieces. */
  reserve(more: number): void {
    const needed = this.count + more;
    if (needed <= this.pixel.length) return;
    const size = Math.max(needed, 2 * this.pixel.length, 4096);
    this.pixel = enlarged(this.pixel, new Uint32Array(size));
    this.ahead = enlarged(this.ahead, new Uint32Array(size));
    this.behind = enlarged(this.behind, new Uint32Array(size));
    this.x = enlarged(this.x, new Float32Array(size));
    this.y = enlarged(this.y, new Float32Array(size));
    this.w = enlarged(this.w, new Float32Array(size));
    this.dx = enlarged(this.dx, new Float32Array(size));
    this.dy = enlarged(this.dy, new Float32Array(size));
    this.area = enlarged(this.area, new Float32Array(size));
  }

  /**
   * Adds the part from share `from` to share `to` of a line of six numbers at `at`: x, y, 1/z and its extent, within a pixel. Room for it must have
   * been made.
   */
  add(pixel: number, width: number, ahead: number, behind: number, line: Float64Array, at: number, from: number, to: number): void {
    const i = this.count++;
    const lengthX = line[at + 3], lengthY = line[at + 4];
    const startX = line[at] + from * lengthX, startY = line[at + 1] + from * lengthY;
    const endX = line[at] + to * lengthX, endY = line[at + 1] + to * lengthY;
    const row = Math.floor(pixel / width);
    const left = pixel - row * width + ORIGIN, top = row + ORIGIN;
    this.pixel[i] = pixel;
    this.ahead[i] = ahead;
    this.behind[i] = behind;
    this.x[i] = 0.5 * (startX + endX);
    this.y[i] = 0.5 * (startY + endY);
    this.w[i] = line[at + 2] + 0.5 * (from + to) * line[at + 5];
    this.dx[i] = endX - startX;
    this.dy[i] = endY - startY;
    this.area[i] = areaBehind(startX - left, startY - top, endX - left, endY - top);
  }

  /** Lets a piece count for a share of itself. */
  weigh(i: number, share: number): void {
    this.dx[i] *= share;
    this.dy[i] *= share;
    this.area[i] *= share;
  }
}
