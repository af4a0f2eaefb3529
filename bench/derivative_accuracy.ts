/**
 * How far the picture's derivative is from central differences of finely sampled pictures, for every parameter on every mesh of the table of
 * derivatives, or on those of files. Run with `deno task bench bench/derivative_accuracy.ts [size] [exact|picture] [samples] [mesh file ...]`.
 */
import type { Mesh } from "../core/mesh.ts";
import type { PictureGradient } from "../core/picture.ts";
import type { Shading } from "../core/renderer.ts";
import { loadMesh } from "../plugins/meshes/load_mesh.ts";
import { DerivativeBench, derivativeCases, MESHES } from "../tests/plugins/renderers/raster/derivative_table.ts";
import { RUNNING } from "../tests/plugins/renderers/raster/running_meshes.ts";

const [size = "64", gradient = "exact", samples = "16", ...files] = Deno.args;
const meshes: [string, Shading, () => Mesh | Promise<Mesh>][] = [];
if (files.length === 0) {
  for (const [name, make] of Object.entries(MESHES)) meshes.push([name, "flat", make]);
  for (const [name, { shading, make }] of Object.entries(RUNNING)) meshes.push([name, shading, make]);
}
for (const file of files) meshes.push([file, "flat", () => loadMesh(file, { read: (path) => Deno.readFile(path), colors: "white" })]);

console.log("mesh | parameter | half step | error in the middle | error of the mean | error of inner products");
for (const [name, shading, make] of meshes) {
  const bench = new DerivativeBench(await make(), Number(size), { samples: Number(samples), shading });
  for (const row of derivativeCases(Number(size))) {
    const { middle, mean, products } = await bench.compare(row, gradient as PictureGradient);
    const mark = mean > 0.05 || products > 0.02 ? " *" : "";
    console.log([name, row.parameter.name, row.step, middle.toFixed(3), mean.toFixed(3), products.toFixed(4) + mark].join(" | "));
  }
}
