import { interpolateRgbBasis, interpolateViridis, rgb } from "./d3.ts";

/** Steps of a ramp. */
export const RAMP_STEPS = 256;

/** Colors of scores from 0 to 1. */
export interface Ramp {
  /** [256 x 3], 8-bit RGB. */
  readonly table: Uint8Array;
  /** The color of a score, as CSS has it. */
  color(score: number): string;
}

/** Where scores are all there is to see: even to the eye and safe for the color-blind. */
export const MAP_RAMP = ramp(interpolateViridis);

/** Behind boxes: pale and without hue, so that the methods' colors stand out; the darker, the surer. */
export const BACKDROP_RAMP = ramp(interpolateRgbBasis(["#ffffff", "#eef1f5", "#d8dee6", "#bac4d0", "#96a3b4", "#728197"]));

/** Standard deviations as a share of the largest: from pale to dark, in a hue that neither scores nor methods have. */
export const SPREAD_RAMP = ramp(interpolateRgbBasis(["#fdf7f2", "#f3d9c6", "#dfae96", "#b97a72", "#7f4a5b", "#43243f"]));

/** The step of a ramp that shows a score. */
export function rampStep(score: number): number {
  return Math.min(RAMP_STEPS - 1, Math.max(0, Math.round(score * (RAMP_STEPS - 1))));
}

function ramp(interpolate: (share: number) => string): Ramp {
  const colors = Array.from({ length: RAMP_STEPS }, (_, step) => rgb(interpolate(step / (RAMP_STEPS - 1))));
  return {
    table: Uint8Array.from(colors.flatMap(({ r, g, b }) => [Math.round(r), Math.round(g), Math.round(b)])),
    color: (score) => colors[rampStep(score)].formatHex(),
  };
}
