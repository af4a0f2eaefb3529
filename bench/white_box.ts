/**
 * OIR_W with exact gradients, with differenced pictures and with differenced scores: how well the boxes agree, passes and time, in one run. SOURCES are
 * some of `exact` and `picture`, and are compared with the first of them and with `function` (differences of the scores).
 *
 * deno task bench bench/white_box.ts CLASS MESH NETWORK.onnx [STEPS] [SOURCES] [RENDERER]
 */
import { parseSceneSpace } from "../commands/parameter_options.ts";
import { DEFAULTS } from "../core/defaults.ts";
import { growRegions } from "../core/growth.ts";
import { withFunctionDifferences } from "../core/function_differences.ts";
import { oirW } from "../plugins/methods/oir_w.ts";
import { builtInPlugins } from "../plugins/mod.ts";
import { openFunction } from "../workers/open_function.ts";

const [classText, mesh, classifier, stepsText = "120", sources = "exact,picture", renderer = "exact"] = Deno.args;
if (classifier === undefined) {
  console.error("usage: bench/white_box.ts CLASS MESH NETWORK.onnx [STEPS] [SOURCES] [RENDERER]");
  Deno.exit(2);
}
const POINTS = [[130, 30], [50, 20], [200, 15], [310, 50], [90, 60], [270, 60]];
const registry = builtInPlugins();
const scenes = parseSceneSpace(DEFAULTS.parameters, [], registry);
const tasks = POINTS.map((initialPoint) => ({
  method: oirW,
  target: "robust" as const,
  initialPoint,
  options: { steps: Number(stepsText), epsilon: 1, tolerance: 0 },
}));

type Source = "exact" | "picture" | "function";

async function grown(source: Source) {
  await using opened = await openFunction({
    registry,
    scenes,
    mesh,
    classifier,
    class: classText,
    renderer,
    gradients: source === "function" ? "none" : source,
  });
  const start = performance.now();
  const f = source === "function" ? withFunctionDifferences(opened.f) : opened.f;
  const regions = await growRegions(f, tasks);
  const seconds = (performance.now() - start) / 1000;
  const differentiated = regions.reduce((sum, region) => sum + region.gradientEvaluations, 0);
  const differenced = source === "function";
  const forward = differenced ? 5 * differentiated : differentiated;
  return { regions, seconds, forward, backward: differenced ? 0 : differentiated };
}

const reference = await grown("function");
const others = (["exact", "picture"] as const).filter((source) => sources.split(",").includes(source));
const results: [Source, typeof reference][] = [];
for (const source of others) results.push([source, await grown(source)]);
results.push(["function", reference]);
const quantile = (values: number[], share: number) =>
  values.toSorted((left, right) => left - right)[Math.min(Math.floor(share * values.length), values.length - 1)];
for (const [source, { regions, seconds, forward, backward }] of results) {
  const overlap = (other: typeof reference) => {
    const shares = regions.map(({ box }, i) => box.overlap(other.regions[i].box, scenes.space));
    return `median ${quantile(shares, 0.5).toFixed(3)} of ${shares.map((value) => value.toFixed(2)).join(" ")}`;
  };
  const sides = regions.flatMap(({ box }) => Array.from(box.b, (b, k) => b - box.a[k]));
  console.log(
    `${source.padEnd(9)} forward ${forward}  backward ${backward}  ` +
      `time over function's ${(seconds / reference.seconds).toFixed(2)}  ` +
      `sides ${quantile(sides, 0).toFixed(1)} to ${quantile(sides, 1).toFixed(1)} degrees  ` +
      `overlap with function's boxes: ${overlap(reference)}; with ${results[0][0]}'s: ${overlap(results[0][1])}`,
  );
}
