/** Cuts a line at the borders of pixels. */
export class PixelSplit {
  /** The line: x, y in pixels and 1/z where it begins, and how far each goes. */
  readonly line = new Float64Array(6);
  /** Shares of the line at which its pieces begin, and the last one ends. */
  shares = new Float64Array(0);
  #width = 0;
  #height = 0;

  /** Takes the size of the picture. */
  resize(width: number, height: number): void {
    this.#width = width;
    this.#height = height;
    const most = width + height + 4;
    if (this.shares.length < most) this.shares = new Float64Array(most);
  }

  /** Cuts the line. @returns How many pieces lie in the picture. */
  cut(): number {
    const { line, shares } = this;
    const width = this.#width, height = this.#height;
    const x = line[0], y = line[1], lengthX = line[3], lengthY = line[4];
    const endX = x + lengthX, endY = y + lengthY;
    let first = 0, last = 1;
    if (x < 0 || y < 0 || endX < 0 || endY < 0 || x > width || y > height || endX > width || endY > height) {
      if ((x < 0 && endX < 0) || (y < 0 && endY < 0) || (x > width && endX > width) || (y > height && endY > height)) return 0;
      if (lengthX !== 0) {
        const left = -x / lengthX, right = (width - x) / lengthX;
        first = Math.max(first, Math.min(left, right));
        last = Math.min(last, Math.max(left, right));
      }
      if (lengthY !== 0) {
        const top = -y / lengthY, bottom = (height - y) / lengthY;
        first = Math.max(first, Math.min(top, bottom));
        last = Math.min(last, Math.max(top, bottom));
      }
      if (!(first < last)) return 0;
    } else if (Math.floor(x) === Math.floor(endX) && Math.floor(y) === Math.floor(endY)) {
      shares[0] = 0;
      shares[1] = 1;
      return 1;
    }
    const startX = x + first * lengthX, startY = y + first * lengthY;
    let stepX = Infinity, stepY = Infinity, nextX = Infinity, nextY = Infinity;
    if (lengthX !== 0) {
      const share = 1 / lengthX;
      stepX = Math.abs(share);
      nextX = ((lengthX > 0 ? Math.floor(startX) + 1 : Math.ceil(startX) - 1) - x) * share;
    }
    if (lengthY !== 0) {
      const share = 1 / lengthY;
      stepY = Math.abs(share);
      nextY = ((lengthY > 0 ? Math.floor(startY) + 1 : Math.ceil(startY) - 1) - y) * share;
    }
    let count = 0;
    shares[0] = first;
    while (nextX < last || nextY < last) {
      let next = nextX;
      if (nextX <= nextY) {
        nextX += stepX;
      } else {
        next = nextY;
        nextY += stepY;
      }
      if (next > shares[count]) shares[++count] = next;
    }
    if (last > shares[count]) shares[++count] = last;
    return count;
  }

  /** The pixel that piece `k` lies in. */
  pixel(k: number): number {
    const { line, shares } = this;
    const middle = 0.5 * (shares[k] + shares[k + 1]);
    const column = Math.floor(line[0] + middle * line[3]), row = Math.floor(line[1] + middle * line[4]);
    return (row < this.#height ? row : this.#height - 1) * this.#width + (column < this.#width ? column : this.#width - 1);
  }
}
