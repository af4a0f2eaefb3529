import { enlarged } from "./candidates.ts";

/** Lines that pass each other by less than this, in pixels times a length, are looked at as if they met. */
const CLOSE = 1e-6;
/** Behind another is what is farther by this share of 1/z. */
const BEHIND = 1 - 1e-5;

/** Where pieces of edges in one pixel are cut by each other. Lines are six numbers each in one array: x, y, 1/z and how far each goes. */
export class Cuts {
  /** Shares at which the piece asked about last is cut, in order; those after `count` are of others. */
  shares: Float64Array = new Float64Array(64);
  count = 0;
  /** Whether each piece is met by another, by its number. */
  met: Uint8Array = new Uint8Array(64);
  /** All cuts in the pixel: the piece, by its number, and where. */
  #pieces = new Uint32Array(64);
  #places = new Float64Array(64);
  #all = 0;

  /** Begins a pixel with so many pieces. */
  clear(pieces: number): void {
    this.#all = 0;
    if (this.met.length < pieces) this.met = new Uint8Array(2 * pieces);
    for (let k = 0; k < pieces; k++) this.met[k] = 0;
  }

  /**
   * Notes where the pieces number `one` at `a` and number `other` at `b` cross. A surface ends at one of them or both; what hides nothing where it
   * passes behind is not noted.
   */
  crossing(line: Float64Array, one: number, a: number, oneEnds: boolean, other: number, b: number, otherEnds: boolean): void {
    const ax = line[a + 3], ay = line[a + 4], bx = line[b + 3], by = line[b + 4];
    const x = line[b] - line[a], y = line[b + 1] - line[a + 1];
    const turn = ax * by - ay * bx, size = turn < 0 ? -turn : turn;
    // Twice the way from the middle of each to where they meet, less its length.
    const along = 2 * (x * by - y * bx) - turn, alongOther = 2 * (x * ay - y * ax) - turn;
    const beyond = (along < 0 ? -along : along) - size;
    if (beyond > CLOSE) return;
    const beyondOther = (alongOther < 0 ? -alongOther : alongOther) - size;
    if (beyondOther > CLOSE) return;
    const share = 0.5 + 0.5 * along / turn, otherShare = 0.5 + 0.5 * alongOther / turn;
    if (oneEnds !== otherEnds) {
      const w = line[a + 2] + share * line[a + 5], otherW = line[b + 2] + otherShare * line[b + 5];
      if (oneEnds ? w < otherW * BEHIND : otherW < w * BEHIND) return;
    }
    this.met[one] = this.met[other] = 1;
    if (beyond >= 0 || beyondOther >= 0) return;
    this.#note(one, share);
    this.#note(other, otherShare);
  }

  /** Notes where the piece at `by` ends on the one number `piece` at `at`: no farther beside it than `apart`. */
  landing(line: Float64Array, piece: number, at: number, by: number, apart: number): void {
    const lengthX = line[at + 3], lengthY = line[at + 4];
    const length = lengthX * lengthX + lengthY * lengthY;
    for (let end = 0; end < 2; end++) {
      const x = line[by] + end * line[by + 3] - line[at], y = line[by + 1] + end * line[by + 4] - line[at + 1];
      const along = x * lengthX + y * lengthY, aside = x * lengthY - y * lengthX;
      if (along > 0 && along < length && aside * aside < apart * apart * length) {
        this.met[piece] = 1;
        this.#note(piece, along / length);
      }
    }
  }

  /** Collects the cuts of the piece of a number. */
  collect(piece: number): void {
    this.count = 0;
    for (let k = 0; k < this.#all; k++) {
      if (this.#pieces[k] !== piece) continue;
      const share = this.#places[k];
      if (this.count === this.shares.length) this.shares = enlarged(this.shares, new Float64Array(2 * this.count));
      const shares = this.shares;
      let at = this.count++;
      for (; at > 0 && shares[at - 1] > share; at--) shares[at] = shares[at - 1];
      shares[at] = share;
    }
  }

  #note(piece: number, share: number): void {
    if (this.#all === this.#pieces.length) {
      this.#pieces = enlarged(this.#pieces, new Uint32Array(2 * this.#all));
      this.#places = enlarged(this.#places, new Float64Array(2 * this.#all));
    }
    this.#pieces[this.#all] = piece;
    this.#places[this.#all++] = share;
  }
}
