/**
 * Grows a region by each of several methods around the same viewpoints of a few built-in shapes, and writes a table.
 *
 * deno run -P=study docs/scripts/compare_methods.ts
 */
import { builtInPlugins, growRegions, openFunction, runScript, SceneSpace, toRegionRecord, writeFiles } from "@orthotope/orthotope";

const SHAPES = ["teapot", "chair"];
const METHODS = ["naive", "oir_b"];
const VIEWS = [[40, 30], [220, 30]];

await runScript(async ({ signal }) => {
  const registry = builtInPlugins();
  const scenes = new SceneSpace(["azimuth", "elevation"].map((name) => ({ parameter: registry.get("parameter", name) })));
  const rows = ["shape,method,azimuth,elevation,volume ratio,initial score"];
  for (const mesh of SHAPES) {
    await using opened = await openFunction({ registry, scenes, mesh, classifier: "resnet-biased" });
    const tasks = VIEWS.flatMap((initialPoint) =>
      METHODS.map((name) => ({
        method: registry.get("method", name),
        target: "robust" as const,
        initialPoint,
        options: { steps: 20, epsilon: 2 },
      }))
    );
    const regions = await growRegions(opened.f, tasks, { signal });
    const initialScores = await opened.f.evaluate(Float64Array.from(tasks.flatMap(({ initialPoint }) => initialPoint)));
    regions.forEach((region, i) => {
      const { method, initialPoint, volumeRatio, initialScore } = toRegionRecord(region, {
        space: scenes.space,
        initialScore: initialScores[i],
        check: null,
      });
      rows.push([mesh, method, ...initialPoint, volumeRatio.toFixed(5), initialScore.toFixed(4)].join(","));
    });
  }
  const folder = Deno.args[0] ?? "runs/compare-methods";
  await writeFiles(folder, [{ name: "methods.csv", bytes: new TextEncoder().encode(rows.join("\n") + "\n") }]);
  console.log(`Wrote ${folder}/methods.csv`);
});
