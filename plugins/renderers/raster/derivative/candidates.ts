/** Pieces of edges, each within one pixel, before it is known what is seen of them. Structure of arrays, which grow and are reused. */
export class Candidates {
  count = 0;
  /** The edge that each is a piece of. */
  edge: Uint32Array = new Uint32Array(0);
  /** Pixel, row-major. */
  pixel: Uint32Array = new Uint32Array(0);
  /** The nearest of the edge's own faces on the side of the normal (-dy, dx), counted from 1, and on the other; 0 where it has none. */
  ahead: Uint32Array = new Uint32Array(0);
  behind: Uint32Array = new Uint32Array(0);
  /** Start and extent, six numbers each: x, y in pixels, 1/z, and how far each goes. */
  line: Float64Array = new Float64Array(0);

  /** Makes room for more. */
  reserve(more: number): void {
    const needed = this.count + more;
    if (needed <= this.edge.length) return;
    const size = Math.max(needed, 2 * this.edge.length, 4096);
    this.edge = enlarged(this.edge, new Uint32Array(size));
    this.pixel = enlarged(this.pixel, new Uint32Array(size));
    this.ahead = enlarged(this.ahead, new Uint32Array(size));
    this.behind = enlarged(this.behind, new Uint32Array(size));
    this.line = enlarged(this.line, new Float64Array(6 * size));
  }

  /** Adds the part of a line of six numbers from one share of it to another. Room for it must have been made. */
  add(edge: number, pixel: number, ahead: number, behind: number, line: Float64Array, from: number, to: number): void {
    const i = this.count++, at = 6 * i;
    this.edge[i] = edge;
    this.pixel[i] = pixel;
    this.ahead[i] = ahead;
    this.behind[i] = behind;
    for (let k = 0; k < 3; k++) {
      this.line[at + k] = line[k] + from * line[3 + k];
      this.line[at + 3 + k] = (to - from) * line[3 + k];
    }
  }
}

/** A larger array that begins with what the old one held. */
export function enlarged<T extends Uint32Array | Float32Array | Float64Array>(old: T, bigger: T): T {
  bigger.set(old);
  return bigger;
}
