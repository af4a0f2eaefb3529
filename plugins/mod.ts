import { PluginRegistry } from "../core/registry.ts";
import { onnx } from "./classifiers/onnx/mod.ts";
import { methods } from "./methods/mod.ts";
import { parameters } from "./parameters/mod.ts";
import { exact } from "./renderers/raster/exact.ts";
import { raster } from "./renderers/raster/raster.ts";
import { three } from "./renderers/three/three.ts";
import { reporters } from "./reporters/mod.ts";

/** A registry with all built-in plugins. */
export function builtInPlugins(): PluginRegistry {
  return new PluginRegistry().register(...parameters, raster, exact, three, onnx, ...methods, ...reporters);
}
