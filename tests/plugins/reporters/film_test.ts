import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { drawFilm, filmMoments } from "../../../plugins/reporters/film/draw_film.ts";
import { filmCorners, filmFrame, type FilmSubject } from "../../../plugins/reporters/film/film_frame.ts";
import { sliceLattice } from "../../../plugins/reporters/figures/lattice.ts";
import { drawSvg } from "../../../plugins/reporters/figures/svg_surface.ts";
import { loadMeasure } from "../../../plugins/reporters/figures/typography.ts";
import { AZIMUTH, ELEVATION, growRecord, region } from "./record_parts.ts";
import { parseSvg } from "./svg_elements.ts";

/** Frames of a GIF, read block by block: how long each is seen, in hundredths of a second, and how it is played. */
function readGif(bytes: Uint8Array): { width: number; height: number; delays: number[]; frames: number; loops: boolean } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  assertEquals(new TextDecoder().decode(bytes.subarray(0, 6)), "GIF89a");
  const [width, height] = [view.getUint16(6, true), view.getUint16(8, true)];
  const tableSize = (packed: number) => packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0;
  let offset = 13 + tableSize(bytes[10]);
  const skipBlocks = () => {
    while (bytes[offset] !== 0) offset += bytes[offset] + 1;
    offset++;
  };
  const delays: number[] = [];
  let frames = 0;
  let loops = false;
  while (bytes[offset] !== 0x3b) {
    assert(offset < bytes.length, "a GIF ends with its trailer");
    if (bytes[offset] === 0x21) {
      if (bytes[offset + 1] === 0xf9) delays.push(view.getUint16(offset + 4, true));
      loops ||= new TextDecoder().decode(bytes.subarray(offset + 3, offset + 14)) === "NETSCAPE2.0";
      offset += 2;
      skipBlocks();
    } else {
      assertEquals(bytes[offset], 0x2c);
      frames++;
      offset += 10 + tableSize(bytes[offset + 9]) + 1;
      skipBlocks();
    }
  }
  assertEquals(offset, bytes.length - 1);
  return { width, height, delays, frames, loops };
}

const SPACE = [AZIMUTH, ELEVATION];
const TRACE = Array.from({ length: 400 }, (_, step) => ({
  step,
  a: [100 - 0.01 * 1.02 ** step, 30 - 0.005 * 1.02 ** step],
  b: [100 + 0.02 * 1.02 ** step, 30 + 0.005 * 1.02 ** step],
  loss: -step,
}));
const GROWN = region({ a: [70, 20], b: [170, 45], initialPoint: [100, 30], steps: 400, trace: TRACE });

Deno.test("filmMoments() rise to the final bounds, fine where the box is small and where it is large", () => {
  const moments = filmMoments(GROWN);
  const steps = moments.map(({ step }) => step);
  assertEquals(steps, steps.toSorted((left, right) => left - right));
  assertEquals(moments[0].step, 0);
  assertEquals(moments.at(-1), { a: GROWN.a, b: GROWN.b, step: 400 });
  assert(moments.length > 30 && moments.length <= 61, `${moments.length} moments`);
  assert(steps.filter((step) => step > 350).length > 12, "growth is fast at the end");
  assertEquals(filmMoments({ ...GROWN, trace: [] }), [{ a: GROWN.a, b: GROWN.b, step: 400 }]);
});

Deno.test("filmFrame() draws the box of its moment over the map, and pictures where their corners lie", async () => {
  const record = growRecord(SPACE, [GROWN]);
  const subject: FilmSubject = { run: record.run, region: GROWN, axes: [0, 1], lattice: sliceLattice(record.backdrop!.slices[0], SPACE) };
  const moment = { a: [90, 10], b: [180, 60], step: 100 };
  const corners = filmCorners(moment, subject);
  assertEquals(corners, [[90, 10], [180, 10], [90, 60], [180, 60]]);
  const pictures = corners.map((_, i) => ({ width: 1, height: 1, values: Uint8Array.of(i, i, i) }));
  const elements = parseSvg(await drawSvg(filmFrame(subject, { ...moment, pictures }, await loadMeasure())));
  const images = elements.filter(({ name }) => name === "image").map(({ attributes }) => attributes);
  const [map, ...seen] = images;
  const box = elements.find(({ attributes }) => attributes.class === "region")!.attributes.d.match(/-?[\d.]+/g)!.map(Number);
  assertAlmostEquals(box[0], Number(map.x) + Number(map.width) / 4, 0.5);
  assertAlmostEquals(box[1], Number(map.y) + 0.3 * Number(map.height), 0.5);
  assertAlmostEquals(box[2], Number(map.width) / 4, 0.5);
  assertAlmostEquals(box[3], Number(map.height) / 2, 0.5);
  assertEquals(seen.length, 4);
  assert(Number(seen[0].x) < Number(seen[1].x) && seen[0].y === seen[1].y, "the upper azimuth is at the right");
  assert(Number(seen[0].y) > Number(seen[2].y) && seen[0].x === seen[2].x, "the upper elevation is above");
});

Deno.test("drawFilm() gives an animated GIF that plays again and again and holds its end, the same bytes again", async () => {
  const short = { ...GROWN, trace: TRACE.filter(({ step }) => step % 100 === 0) };
  const record = growRecord(SPACE, [short]);
  const asked: number[] = [];
  const pictures = (points: readonly (readonly number[])[]) => {
    asked.push(points.length);
    return Promise.resolve(points.map(() => ({ width: 2, height: 2, values: new Uint8Array(12).fill(200) })));
  };
  const bytes = await drawFilm(record, short, { pictures });
  const { width, height, delays, frames, loops } = readGif(bytes);
  assertEquals(frames, filmMoments(short).length);
  assertEquals(asked, new Array(frames).fill(4));
  assertEquals(delays, [...new Array(frames - 1).fill(7), 250]);
  assert(loops && width === 720 && height > 250);
  assertEquals(await drawFilm(record, short, { pictures }), bytes);
  const line = growRecord([AZIMUTH], [region({ a: [30], b: [80] })]);
  assertEquals(readGif(await drawFilm(line, line.regions[0])).frames, filmMoments(line.regions[0]).length);
});
