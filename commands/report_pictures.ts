import type { Mesh } from "../core/mesh.ts";
import { renderPictures } from "../core/picture.ts";
import type { RunHead } from "../core/record.ts";
import type { PluginRegistry } from "../core/registry.ts";
import { SceneSpace } from "../core/scene_space.ts";
import type { PictureSource } from "../plugins/reporters/figures/picture_strip.ts";
import { toRgb } from "../plugins/reporters/picture.ts";

/** Names of plugins from outside that a run's pictures need: its parameters, and its renderer. Nobody can draw them from the record alone. */
export function missingPlugins({ space, fixed, renderer }: RunHead, registry: PluginRegistry): string[] {
  const has = (kind: "parameter" | "renderer", name: string) => registry.all(kind).some((plugin) => plugin.name === name);
  const parameters = [...space.map(({ name }) => name), ...Object.keys(fixed)].filter((name) => !has("parameter", name));
  return has("renderer", renderer) ? parameters : [...parameters, renderer];
}

/** Draws what the network of a run saw at points of its space, with the run's renderer. */
export function pictureSource(
  { space, fixed, classifier, mesh: { colors }, shading, renderer: name }: RunHead,
  mesh: Mesh,
  registry: PluginRegistry,
): PictureSource {
  const { width, height } = classifier;
  const varying = space.map(({ name, low, high }) => ({ parameter: registry.get("parameter", name), range: [low, high] as const }));
  const held = Object.entries(fixed).map(([name, value]) => [registry.get("parameter", name), value] as const);
  const scenes = new SceneSpace(varying, held, registry.all("parameter"));
  return async (points) => {
    const renderer = await registry.get("renderer", name).create(mesh, { width, height, colors, shading });
    try {
      const size = 3 * width * height;
      const pictures = new Float32Array(points.length * size);
      await renderPictures(
        renderer,
        await scenes.scenes(scenes.space.project(Float64Array.from(points.flat()))),
        { width, height },
        pictures,
      );
      return points.map((_, i) => toRgb(pictures.subarray(i * size, (i + 1) * size), width, height));
    } finally {
      renderer.dispose();
    }
  };
}
