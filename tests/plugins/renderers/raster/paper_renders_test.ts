import { createCanvas, loadImage } from "@napi-rs/canvas";
import { assert, assertEquals } from "@std/assert";
import { loadMesh } from "../../../../plugins/meshes/load_mesh.ts";
import { RasterRenderer } from "../../../../plugins/renderers/raster/raster_renderer.ts";
import { needsShared, SHARED } from "../../../shared_data.ts";
import { sceneWith } from "../conformance.ts";

const SIZE = 224;

/** Least brightness of a face, 0.5, over the four samples of a pixel: a pixel with one sample or more belongs to the silhouette. */
const SILHOUETTE = 0.1;

/** Red, green and blue of a stored image, planar, in [0, 1]. */
async function storedPicture(path: string): Promise<Float32Array> {
  const image = await loadImage(await Deno.readFile(path));
  assertEquals([image.width, image.height], [SIZE, SIZE]);
  const context = createCanvas(SIZE, SIZE).getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, SIZE, SIZE);
  const picture = new Float32Array(3 * SIZE * SIZE);
  for (let i = 0; i < picture.length; i++) picture[i] = data[4 * (i % SIZE ** 2) + Math.floor(i / SIZE ** 2)] / 255;
  return picture;
}

function psnr(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < left.length; i++) sum += (left[i] - right[i]) ** 2;
  return -10 * Math.log10(sum / left.length);
}

function silhouetteOverlap(left: Float32Array, right: Float32Array): number {
  let both = 0, either = 0;
  for (let i = 0; i < SIZE * SIZE; i++) {
    const inLeft = left[i] > SILHOUETTE, inRight = right[i] > SILHOUETTE;
    if (inLeft && inRight) both++;
    if (inLeft || inRight) either++;
  }
  return both / either;
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)];
}

/** Each class of stored renders with the least median PSNR in decibels that its pictures must reach. */
for (const [name, leastPsnr] of [["bench", 37], ["chair", 39], ["cup", 39], ["toilet", 39]] as const) {
  Deno.test({
    ...needsShared(`RasterRenderer draws what the paper's authors drew: ${name}`, `paper/renders/${name}`),
    fn: async () => {
      const file = (path: string) => new URL(`paper/${path}`, SHARED).pathname;
      const mesh = await loadMesh(file(`meshes/${name}.obj`), { read: (path) => Deno.readFile(path), colors: "white" });
      const renderer = new RasterRenderer(mesh, { width: SIZE, height: SIZE, colors: "white" });
      const picture = new Float32Array(3 * SIZE * SIZE);
      const psnrs: number[] = [], overlaps: number[] = [];
      for (const entry of Deno.readDirSync(file(`renders/${name}`))) {
        const [elevation, azimuth] = entry.name.replace(".jpg", "").split("_").map(Number);
        const stored = await storedPicture(file(`renders/${name}/${entry.name}`));
        renderer.render([sceneWith({ camera: { azimuth, elevation } })], picture);
        psnrs.push(psnr(picture, stored));
        overlaps.push(silhouetteOverlap(picture, stored));
      }
      assert(psnrs.length > 10);
      assert(median(psnrs) >= leastPsnr, `median PSNR is ${median(psnrs)}`);
      assert(median(overlaps) >= 0.985, `median IoU is ${median(overlaps)}`);
    },
  });
}
