import type { GrowRecord, RegionRecord } from "../../../core/record.ts";
import { drawPixels } from "../figures/canvas_surface.ts";
import { sliceLattice } from "../figures/lattice.ts";
import type { PictureSource } from "../figures/picture_strip.ts";
import { loadCanvas, loadMeasure } from "../figures/typography.ts";
import { filmCorners, filmFrame, type FilmSubject } from "./film_frame.ts";

/** Frames of a film, and how long each and the last of them is seen, in milliseconds. */
const FRAMES = 60;
const DELAY = 70;
const HOLD = 2500;

/** How well colors are kept, from 1 (best) to 30. */
const QUALITY = 8;

/** How a film is made. */
export interface FilmOptions {
  /** Draws what is seen at points; without it there are no pictures beside the map. */
  readonly pictures?: PictureSource;
  /** Told after each frame. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * An animated GIF of a region as it grew, over the map behind it, with what is seen at its corners. Frames lie at even distances of volume and of
 * steps, half of each, since growth from a point is slow and then fast. The same region gives the same bytes.
 */
export async function drawFilm(record: GrowRecord, region: RegionRecord, { pictures, onProgress }: FilmOptions = {}): Promise<Uint8Array> {
  const [{ GifEncoder }, measure] = await Promise.all([loadCanvas(), loadMeasure()]);
  const { space } = record.run;
  const axes = space.length === 1 ? [0] : [0, 1];
  const slice = record.backdrop?.slices.find((candidate) => candidate.axes.join() === axes.join());
  const subject: FilmSubject = { run: record.run, region, axes, lattice: slice === undefined ? null : sliceLattice(slice, space) };
  const moments = filmMoments(region);
  let encoder: InstanceType<typeof GifEncoder> | undefined;
  for (const [i, { a, b, step }] of moments.entries()) {
    const seen = await pictures?.(filmCorners({ a, b }, subject)) ?? [];
    const { width, height, values } = await drawPixels(filmFrame(subject, { a, b, step, pictures: seen }, measure));
    encoder ??= new GifEncoder(width, height, { repeat: 0, quality: QUALITY });
    encoder.addFrame(values, width, height, { delay: i === moments.length - 1 ? HOLD : DELAY });
    onProgress?.(i + 1, moments.length);
  }
  if (encoder === undefined) throw new Error("A film must have a frame");
  return new Uint8Array(encoder.finish());
}

/** The rows of a trace that a film shows, rising, the final bounds last. */
export function filmMoments({ a, b, steps, trace }: RegionRecord): { a: readonly number[]; b: readonly number[]; step: number }[] {
  const final = { a, b, step: steps };
  if (trace.length < 2) return [final];
  const volumes = trace.map((row) => row.a.reduce((product, low, i) => product * (row.b[i] - low), 1));
  const most = Math.max(...volumes);
  const chosen = new Set<number>();
  for (let i = 0; i < FRAMES / 2; i++) {
    const share = i / (FRAMES / 2 - 1);
    chosen.add(Math.round(share * (trace.length - 1)));
    chosen.add(Math.max(0, volumes.findIndex((volume) => volume >= share * most)));
  }
  const rows = [...chosen].sort((left, right) => left - right).map((i) => trace[i]);
  return [...rows.filter(({ step }) => step < steps), final];
}
