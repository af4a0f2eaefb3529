import { enlarged } from "./candidates.ts";

/** Where a piece of an edge is cut by others. Lines are six numbers each in one array: x, y, 1/z and how far each goes. */
export class Cuts {
  /** Shares of the piece, in order; those after `count` are of other pieces. */
  shares = new Float64Array(64);
  count = 0;

  /** Notes where the piece at `at` is crossed by the one at `by`. */
  crossing(line: Float64Array, at: number, by: number): void {
    const ax = line[at + 3], ay = line[at + 4], bx = line[by + 3], by_ = line[by + 4];
    const turn = ax * by_ - ay * bx;
    if (turn === 0) return;
    const x = line[by] - line[at], y = line[by + 1] - line[at + 1];
    const share = (x * by_ - y * bx) / turn, other = (x * ay - y * ax) / turn;
    if (share > 0 && share < 1 && other > 0 && other < 1) this.#add(share);
  }

  /** Notes where the piece at `by` ends on the one at `at`: no farther beside it than `apart`. */
  landing(line: Float64Array, at: number, by: number, apart: number): void {
    const lengthX = line[at + 3], lengthY = line[at + 4];
    const length = lengthX * lengthX + lengthY * lengthY;
    for (let end = 0; end < 2; end++) {
      const x = line[by] + end * line[by + 3] - line[at], y = line[by + 1] + end * line[by + 4] - line[at + 1];
      const share = (x * lengthX + y * lengthY) / length, aside = x * lengthY - y * lengthX;
      if (share > 0 && share < 1 && aside * aside < apart * apart * length) this.#add(share);
    }
  }

  #add(share: number): void {
    if (this.count === this.shares.length) this.shares = enlarged(this.shares, new Float64Array(2 * this.shares.length));
    const shares = this.shares;
    let at = this.count++;
    for (; at > 0 && shares[at - 1] > share; at--) shares[at] = shares[at - 1];
    shares[at] = share;
  }
}
