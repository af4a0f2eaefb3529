/**
 * How far the picture's derivative is from central differences of finely sampled pictures, for every parameter on every mesh of the table of
 * derivatives, or on those of files. Run with `deno task bench bench/derivative_accuracy.ts [size] [exact|picture] [samples] [mesh file ...]`.
 */
import type { PictureGradient } from "../core/picture.ts";
import { loadMesh } from "../plugins/meshes/load_mesh.ts";
import { DerivativeBench, derivativeCases, MESHES } from "../tests/plugins/renderers/raster/derivative_table.ts";

const [size = "64", gradient = "exact", samples = "16", ...files] = Deno.args;
const meshes = files.length > 0 ? [] : Object.entries(MESHES).map(([name, make]) => [name, () => Promise.resolve(make())] as const);
for (const file of files) meshes.push([file, () => loadMesh(file, { read: (path) => Deno.readFile(path), colors: "white" })]);

console.log("mesh | parameter | half step | error in the middle | error of the mean | error of inner products");
for (const [name, make] of meshes) {
  const bench = new DerivativeBench(await make(), Number(size), Number(samples));
  for (const row of derivativeCases(Number(size))) {
    const { middle, mean, products } = await bench.compare(row, gradient as PictureGradient);
    const mark = mean > 0.05 || products > 0.02 ? " *" : "";
    console.log([name, row.parameter.name, row.step, middle.toFixed(3), mean.toFixed(3), products.toFixed(4) + mark].join(" | "));
  }
}
