/** Cuts a line at the borders of pixels. */
export class PixelSplit {
  /** The line: x, y in pixels and 1/z where it begins, and how far each goes. */
  readonly line = new Float64Array(6);
  /** Shares of the line at which its pieces begin, and the last one ends. */
  shares = new Float64Array(0);
  /** Column and row of the pixel that each piece lies in. */
  columns = new Int32Array(0);
  rows = new Int32Array(0);
  #width = 0;
  #height = 0;

  /** Takes the size of the picture. */
  resize(width: number, height: number): void {
    this.#width = width;
    this.#height = height;
    const most = width + height + 4;
    if (this.shares.length >= most) return;
    this.shares = new Float64Array(most);
    this.columns = new Int32Array(most);
    this.rows = new Int32Array(most);
  }

  /** Cuts the line. @returns How many pieces lie in the picture. */
  cut(): number {
    const { line, shares, columns, rows } = this;
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
    }
    // The pixel of a place a little along the line, so that a line that begins on a border lies beside it; then from pixel to pixel.
    let column = inside(x + first * lengthX, lengthX, width), row = inside(y + first * lengthY, lengthY, height);
    const endColumn = inside(x + last * lengthX, -lengthX, width), endRow = inside(y + last * lengthY, -lengthY, height);
    shares[0] = first;
    let count = 0;
    if (column !== endColumn || row !== endRow) {
      const rightward = lengthX > 0 ? 1 : -1, downward = lengthY > 0 ? 1 : -1;
      const shareX = column === endColumn ? Infinity : 1 / lengthX, shareY = row === endRow ? Infinity : 1 / lengthY;
      let nextX = column === endColumn ? Infinity : (column + (lengthX > 0 ? 1 : 0) - x) * shareX;
      let nextY = row === endRow ? Infinity : (row + (lengthY > 0 ? 1 : 0) - y) * shareY;
      const stepX = Math.abs(shareX), stepY = Math.abs(shareY);
      while (column !== endColumn || row !== endRow) {
        columns[count] = column;
        rows[count] = row;
        if (nextX <= nextY) {
          shares[++count] = nextX;
          column += rightward;
          nextX = column === endColumn ? Infinity : nextX + stepX;
        } else {
          shares[++count] = nextY;
          row += downward;
          nextY = row === endRow ? Infinity : nextY + stepY;
        }
      }
    }
    columns[count] = column;
    rows[count] = row;
    shares[++count] = last;
    return count;
  }
}

/** The pixel along one axis that a line enters where it begins at a place. */
function inside(place: number, length: number, size: number): number {
  const index = (length < 0 ? Math.ceil(place) - 1 : Math.floor(place)) | 0;
  return index < 0 ? 0 : index >= size ? size - 1 : index;
}
