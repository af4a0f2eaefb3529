import { DEFAULTS } from "../core/defaults.ts";
import { renderPictures } from "../core/picture.ts";
import type { RegionRecord, RunHead, Trap } from "../core/record.ts";
import type { PluginRegistry } from "../core/registry.ts";
import type { ReportFile } from "../core/reporter.ts";
import type { SceneSpace } from "../core/scene_space.ts";
import { className, describeRun } from "../plugins/reporters/figures/heading.ts";
import { worstScore } from "../plugins/reporters/figures/region_words.ts";
import { axisName, formatValue } from "../plugins/reporters/figures/words.ts";
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
  const places = deepest.map(({ bottom, score }) => ({ point: bottom, score }));
  return drawPlaces({ name: "traps.png", title: "Deepest traps of" }, places, options);
}

/** What the network was shown at the worst points that were found in regions, in their order; nothing where none was searched. */
export function drawWorstPoints(regions: readonly RegionRecord[], options: PointPictureOptions): Promise<ReportFile[]> {
  const places = regions.flatMap((region) => {
    const score = worstScore(region);
    return region.falsification == null || score === null ? [] : [{ point: region.falsification.point, score }];
  });
  return drawPlaces({ name: "worst.png", title: "Worst points in regions of" }, places, options);
}

async function drawPlaces(
  { name, title }: { readonly name: string; readonly title: string },
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
    const captions = shown.map(({ score }, i) => captionOf({ point: Array.from(points.subarray(i * n, (i + 1) * n)), score }, head));
    const columns = Math.min(COLUMNS, shown.length);
    const bytes = await drawSheet(pictures, {
      ...{ width, height, columns, rows: Math.ceil(shown.length / columns), captions, lines: 2 + n },
      heading: [`${title} “${className(head)}”`, describeRun(head)],
    });
    return [{ name, bytes }];
  } finally {
    renderer.dispose();
  }
}

/** The score at a place, and the place close enough to render it again. */
export function captionOf({ point, score }: Place, { space }: Pick<RunHead, "space">): string {
  const where = space.map(({ name, unit }, axis) => `${axisName(name)} ${formatValue(point[axis], unit)}`).join(", ");
  return `score ${score.toFixed(3)} at ${where}`;
}
