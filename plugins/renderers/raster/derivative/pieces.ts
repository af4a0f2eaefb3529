import { enlarged } from "./candidates.ts";
import { areaBehind, areaBeyond, ORIGIN } from "./pixel_shadow.ts";

/** Numbers of one piece in {@linkcode Pieces.ids}, ... */
export const IDS = 3;
/** ... and in {@linkcode Pieces.values}. */
export const VALUES = 6;

/** Visible pieces of edges, each within one pixel. Their arrays grow and are reused. */
export class Pieces {
  count = 0;
  /** Across so many of them, the first ones, light and color do not jump. */
  soft = 0;
  #width = 0;
  /**
   * Of each piece: its pixel, row-major; the face on the side to which its normal (-dy, dx) points, counted from 1, 0 where the background is; the
   * face on the other side. [pieces x 3]
   */
  ids: Uint32Array = new Uint32Array(0);
  /**
   * Of each piece: x, y of its middle in pixels, and 1/z there; its extent dx, dy in pixels; the area of the pixel that shows the face behind and not
   * what the pixel's first sample shows, by this edge, negative where it shows the one ahead. [pieces x 6]
   */
  values: Float32Array = new Float32Array(0);

  /** Begins a picture of the given width. */
  clear(width: number): void {
    this.count = this.soft = 0;
    this.#width = width;
  }

  /** Makes room for more pieces. */
  reserve(more: number): void {
    const needed = this.count + more, room = this.ids.length / IDS;
    if (needed <= room) return;
    const size = Math.max(needed, 2 * room, 4096);
    this.ids = enlarged(this.ids, new Uint32Array(IDS * size));
    this.values = enlarged(this.values, new Float32Array(VALUES * size));
  }

  /**
   * Adds the part from share `from` to share `to` of a line of six numbers at `at`: x, y, 1/z and its extent, within a pixel. Room for it must have
   * been made.
   *
   * @param weight In a pixel where edges may have been missed: for what share of itself the piece counts. 0 elsewhere.
   */
  add(
    column: number,
    row: number,
    ahead: number,
    behind: number,
    line: Float64Array,
    at: number,
    from: number,
    to: number,
    weight: number,
  ): void {
    const { ids, values } = this;
    const i = IDS * this.count, v = VALUES * this.count++;
    const lengthX = line[at + 3], lengthY = line[at + 4];
    const startX = line[at] + from * lengthX, startY = line[at + 1] + from * lengthY;
    const endX = line[at] + to * lengthX, endY = line[at + 1] + to * lengthY;
    const left = column + ORIGIN, top = row + ORIGIN;
    ids[i] = row * this.#width + column;
    ids[i + 1] = ahead;
    ids[i + 2] = behind;
    values[v] = 0.5 * (startX + endX);
    values[v + 1] = 0.5 * (startY + endY);
    values[v + 2] = line[at + 2] + 0.5 * (from + to) * line[at + 5];
    if (weight === 0) {
      values[v + 3] = endX - startX;
      values[v + 4] = endY - startY;
      values[v + 5] = areaBeyond(startX - left, startY - top, endX - left, endY - top);
    } else {
      values[v + 3] = weight * (endX - startX);
      values[v + 4] = weight * (endY - startY);
      values[v + 5] = weight * areaBehind(startX - left, startY - top, endX - left, endY - top);
    }
  }
}
