/**
 * Orthotope: where in a semantic space (viewpoint, light, color, ...) an image classifier can be trusted.
 *
 * @module
 */
export { writeFiles } from "./commands/files.ts";
export { type AdaptiveMap, type AdaptiveMapOptions, sampleAdaptiveMap } from "./core/adaptive_map.ts";
export * from "./core/bootstrap.ts";
export * from "./core/cached.ts";
export * from "./core/check.ts";
export * from "./core/classifier.ts";
export * from "./core/closed_form.ts";
export * from "./core/complement.ts";
export { cutBox } from "./core/cut.ts";
export * from "./core/data_map.ts";
export * from "./core/defaults.ts";
export * from "./core/errors.ts";
export * from "./core/falsify.ts";
export * from "./core/function_differences.ts";
export * from "./core/global_regions.ts";
export * from "./core/growth.ts";
export * from "./core/interpolated_map.ts";
export * from "./core/largest_box.ts";
export * from "./core/lattice_map.ts";
export * from "./core/manifest.ts";
export type { MeasuredScoresOptions } from "./core/measured_scores.ts";
export * from "./core/measures.ts";
export * from "./core/mesh.ts";
export * from "./core/npy.ts";
export * from "./core/orthotope.ts";
export * from "./core/picture.ts";
export type { PictureSize } from "./core/post_processing.ts";
export * from "./core/random.ts";
export * from "./core/record.ts";
export * from "./core/region_method.ts";
export * from "./core/region_record.ts";
export * from "./core/registry.ts";
export * from "./core/renderer.ts";
export * from "./core/reporter.ts";
export * from "./core/scene.ts";
export * from "./core/scene_space.ts";
export * from "./core/semantic_function.ts";
export * from "./core/semantic_parameter.ts";
export * from "./core/semantic_space.ts";
export * from "./core/study_record.ts";
export * from "./core/traps.ts";
export * from "./plugins/conformance/mod.ts";
export * from "./plugins/mod.ts";
export { encodePng, type PictureOptions } from "./plugins/reporters/picture.ts";
export { readRecord } from "./plugins/reporters/record_schema.ts";
export { type FunctionSetup, type OpenedFunction, openFunction, parseNormalization } from "./workers/open_function.ts";
export { type OpenedMesh, openMesh } from "./workers/open_mesh.ts";
export { runScript, type ScriptContext } from "./workers/run_script.ts";
export * from "./workers/sandbox/limits.ts";
export * from "./workers/sandbox/open_plugins.ts";
export * from "./workers/sandbox/outside_module.ts";
export { type Grants, parseGrants } from "./workers/sandbox/permissions.ts";
