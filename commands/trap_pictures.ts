import { DEFAULTS } from "../core/defaults.ts";
import { renderPictures } from "../core/picture.ts";
import type { RunHead, Trap } from "../core/record.ts";
import type { PluginRegistry } from "../core/registry.ts";
import type { ReportFile } from "../core/reporter.ts";
import type { SceneSpace } from "../core/scene_space.ts";
import { drawSheet } from "../plugins/reporters/picture.ts";
import { openMesh } from "../workers/open_mesh.ts";

/** Most pictures, and pictures beside each other. */
const MOST = 12;
const COLUMNS = 4;

/** What the pictures are made with. */
export interface TrapPictureOptions {
  readonly registry: PluginRegistry;
  readonly scenes: SceneSpace;
  readonly head: RunHead;
  /** The mesh as the user named it. */
  readonly mesh?: string;
}

/** What the network was shown at the bottoms of the deepest traps, as one sheet; nothing where there is no trap. */
export async function drawTraps(traps: readonly Trap[], { registry, scenes, head, mesh }: TrapPictureOptions): Promise<ReportFile[]> {
  const deepest = traps.toSorted((left, right) => right.depth - left.depth).slice(0, MOST);
  if (deepest.length === 0) return [];
  const { width, height } = head.classifier;
  const appearance = { colors: head.mesh.colors, shading: head.shading };
  const opened = await openMesh(mesh ?? DEFAULTS.mesh, appearance);
  const renderer = await registry.get("renderer", head.renderer).create(opened.mesh, { width, height, ...appearance });
  try {
    const pictures = new Float32Array(deepest.length * 3 * width * height);
    const points = scenes.space.project(Float64Array.from(deepest.flatMap(({ bottom }) => bottom)));
    await renderPictures(renderer, await scenes.scenes(points), { width, height }, pictures);
    const captions = deepest.map(({ bottom, score }) => {
      const values = bottom.map((value, axis) => `${Number(value.toPrecision(4))}${head.space[axis].unit === "degree" ? "°" : ""}`);
      return `${values.join(", ")}: ${score.toFixed(3)}`;
    });
    const columns = Math.min(COLUMNS, deepest.length);
    const bytes = await drawSheet(pictures, { width, height, columns, rows: Math.ceil(deepest.length / columns), captions });
    return [{ name: "traps.png", bytes }];
  } finally {
    renderer.dispose();
  }
}
