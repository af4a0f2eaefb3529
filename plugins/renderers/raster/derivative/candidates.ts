/** Numbers of one candidate in {@linkcode Candidates.lines}, ... */
export const LINE = 11;
/** ... and in {@linkcode Candidates.facts}, where these are. */
export const FACTS = 22, WHAT = 12, AHEAD = 13, BEHIND = 14, NEXT = 15, PIXEL = 16, STATE = 17, START = 18, END = 20;

/**
 * What a candidate is: a surface ends there, or touches another; more than two faces meet; what is seen differs on its two sides; it goes on where
 * the candidate before it ends.
 */
export const ENDS = 1, TOUCHES = 2, MANY = 4, JUMPS = 8, FOLLOWS = 16;
/** The bits before its edge. */
export const EDGE = 5;

/**
 * Pieces of edges, each within one pixel, before it is known what is seen of them. Each is one record, for they are asked about pixel by
 * pixel and found edge by edge. They are counted from 1. The arrays grow and are reused.
 */
export class Candidates {
  /** Start and extent: x, y in pixels, 1/z, and how far each goes; then the facts. */
  lines: Float64Array = new Float64Array(0);
  /**
   * Behind each line: the edge that it is a piece of, EDGE bits up, and what it is; the nearest of the edge's own faces on the side of the normal
   * (-dy, dx), counted from 1, and on the other, 0 where it has none; the candidate before it in its pixel, 0 where there is none; the pixel,
   * row-major; what is known of it; what is seen on its two sides where it starts and where it ends, 0 and 0 where it is hidden.
   */
  facts: Uint32Array = new Uint32Array(0);
  /** The candidate added last in each pixel, 0 where there is none. */
  heads: Uint32Array = new Uint32Array(0);
  count = 0;
  /** 1 where a pixel wants a close look; in others all candidates are hidden, and only tell what faces are near. */
  close: Uint8Array = new Uint8Array(0);
  /** The pixels that want one; those after `closeCount` are of other pictures. */
  closePixels: Uint32Array = new Uint32Array(0);
  closeCount = 0;

  /** Begins a picture of so many pixels. */
  clear(pixels: number): void {
    this.count = this.closeCount = 0;
    if (this.heads.length !== pixels) {
      this.heads = new Uint32Array(pixels);
      this.close = new Uint8Array(pixels);
      this.closePixels = new Uint32Array(pixels);
    }
    this.heads.fill(0);
    this.close.fill(0);
  }

  /** Notes that a pixel wants a close look. */
  lookClosely(pixel: number): void {
    this.close[pixel] = 1;
    this.closePixels[this.closeCount++] = pixel;
  }

  /** Makes room for more. */
  reserve(more: number): void {
    const needed = LINE * (this.count + more + 2);
    if (needed <= this.lines.length) return;
    this.lines = enlarged(this.lines, new Float64Array(Math.max(needed, 2 * this.lines.length, 4096 * LINE)));
    this.facts = new Uint32Array(this.lines.buffer);
  }

  /** Adds the part of a line of six numbers from one share of it to another. Room for it must have been made. */
  add(what: number, pixel: number, ahead: number, behind: number, line: Float64Array, from: number, to: number): void {
    const { lines, facts } = this;
    const i = ++this.count, at = LINE * i, fact = FACTS * i;
    const extent = to - from;
    lines[at] = line[0] + from * line[3];
    lines[at + 1] = line[1] + from * line[4];
    lines[at + 2] = line[2] + from * line[5];
    lines[at + 3] = extent * line[3];
    lines[at + 4] = extent * line[4];
    lines[at + 5] = extent * line[5];
    facts[fact + WHAT] = what;
    facts[fact + AHEAD] = ahead;
    facts[fact + BEHIND] = behind;
    facts[fact + NEXT] = this.heads[pixel];
    facts[fact + PIXEL] = pixel;
    facts[fact + STATE] = 0;
    this.heads[pixel] = i;
  }
}

/** A larger array that begins with what the old one held. */
export function enlarged<T extends Uint32Array | Float32Array | Float64Array>(old: T, bigger: T): T {
  bigger.set(old);
  return bigger;
}
