import { DEFAULTS } from "../core/defaults.ts";
import { renderPictures } from "../core/picture.ts";
import type { RegionRecord, RunHead, Trap } from "../core/record.ts";
import type { PluginRegistry } from "../core/registry.ts";
import type { ReportFile } from "../core/reporter.ts";
import type { SceneSpace } from "../core/scene_space.ts";
import { worstScore } from "../plugins/reporters/figures/region_words.ts";
import { drawSheet } from "../plugins/reporters/picture.ts";
import { openMesh } from "../workers/open_mesh.ts";

/** Most pictures, and pictures beside each other. */
const MOST = 12;
const COLUMNS = 4;

/** A point that is worth a picture, with the score of the class there. */
interface Place {
  readonly point: readonly number[];
  readonly score: number;
}

/** What the pictures are made with. */
export interface PointPictureOptions {
  readonly registry: PluginRegistry;
  readonly scenes: SceneSpace;
  readonly head: RunHead;
  /** The mesh as the user named it. */
  readonly mesh?: string;
}

/** What the network was shown at the bottoms of the deepest traps, as one sheet; nothing where there is no trap. */
export function drawTraps(traps: readonly Trap[], options: PointPictureOptions): Promise<ReportFile[]> {
  const deepest = traps.toSorted((left, right) => right.depth - left.depth);
  return drawPlaces("traps.png", deepest.map(({ bottom, score }) => ({ point: bottom, score })), options);
}

/** What the network was shown at the worst points that were found in regions, in their order; nothing where none was searched. */
export function drawWorstPoints(regions: readonly RegionRecord[], options: PointPictureOptions): Promise<ReportFile[]> {
  const places = regions.flatMap((region) => {
    const score = worstScore(region);
    return region.falsification == null || score === null ? [] : [{ point: region.falsification.point, score }];
  });
  return drawPlaces("worst.png", places, options);
}

async function drawPlaces(
  name: string,
  places: readonly Place[],
  { registry, scenes, head, mesh }: PointPictureOptions,
): Promise<ReportFile[]> {
  const shown = places.slice(0, MOST);
  if (shown.length === 0) return [];
  const { width, height } = head.classifier;
  const appearance = { colors: head.mesh.colors, shading: head.shading };
  const opened = await openMesh(mesh ?? DEFAULTS.mesh, appearance);
  const renderer = await registry.get("renderer", head.renderer).create(opened.mesh, { width, height, ...appearance });
  try {
    const pictures = new Float32Array(shown.length * 3 * width * height);
    const points = scenes.space.project(Float64Array.from(shown.flatMap(({ point }) => point)));
    await renderPictures(renderer, await scenes.scenes(points), { width, height }, pictures);
    const n = head.space.length;
    const captions = shown.map(({ score }, i) => {
      const values = Array.from(points.subarray(i * n, (i + 1) * n), (value, axis) => {
        return `${Number(value.toPrecision(4))}${head.space[axis].unit === "degree" ? "°" : ""}`;
      });
      return `${values.join(", ")}: ${score.toFixed(3)}`;
    });
    const columns = Math.min(COLUMNS, shown.length);
    const bytes = await drawSheet(pictures, { width, height, columns, rows: Math.ceil(shown.length / columns), captions });
    return [{ name, bytes }];
  } finally {
    renderer.dispose();
  }
}
