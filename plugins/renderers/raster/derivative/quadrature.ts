/** Gauss's places for a mean, in deviations of an even spread, the middle first, with their weights: one, four and nine of them. */
const RULES = [
  { places: [0], weights: [1] },
  { places: [-1, 1], weights: [1 / 2, 1 / 2] },
  { places: [0, -Math.sqrt(1.8), Math.sqrt(1.8)], weights: [8 / 18, 5 / 18, 5 / 18] },
];
/** Mean squares of the distance from the middle, in pixels, above which the first rule is too coarse, and the second. */
const SPREAD = 0.1 ** 2, WIDE_SPREAD = 0.25 ** 2;
/** The same above which the first is too coarse, and the third needed, for what has a bend. */
const BEND_SPREAD = 0.03 ** 2;

/** Places at which to read what runs across a patch, and their weights for the mean. In a square they are exact for polynomials of degree 1, 3 or 5. */
export class Quadrature {
  count = 0;
  readonly x = new Float64Array(9);
  readonly y = new Float64Array(9);
  readonly weight = new Float64Array(9);

  /** Takes one place. */
  takeMiddle(x: number, y: number): void {
    this.take(x, y, 0, 0, 0, false);
  }

  /**
   * Takes places in a patch by its middle, its variances along x and y and their covariance.
   *
   * @param bends Whether what is read may have a bend in it.
   */
  take(x: number, y: number, xx: number, xy: number, yy: number, bends: boolean): void {
    const spread = xx + yy;
    const { places, weights } = RULES[spread > (bends ? BEND_SPREAD : WIDE_SPREAD) ? 2 : spread > SPREAD ? 1 : 0];
    const alongX = Math.sqrt(Math.max(xx, 0)), turned = alongX > 0 ? xy / alongX : 0, alongY = Math.sqrt(Math.max(yy - turned * turned, 0));
    this.count = 0;
    for (let i = 0; i < places.length; i++) {
      for (let j = 0; j < places.length; j++) {
        this.x[this.count] = x + places[i] * alongX;
        this.y[this.count] = y + places[i] * turned + places[j] * alongY;
        this.weight[this.count++] = weights[i] * weights[j];
      }
    }
  }
}
