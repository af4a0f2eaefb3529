import type { RendererPlugin } from "../../../core/renderer.ts";
import { type ConformanceOptions, rendererConformance as requirements } from "../../../plugins/conformance/renderer.ts";
import { testRequirements } from "../requirements.ts";

export { type ConformanceOptions, sceneWith } from "../../../plugins/conformance/renderer.ts";

/** What every renderer must obey, as tests of one plugin. */
export function rendererConformance(plugin: RendererPlugin, options: ConformanceOptions = {}): void {
  testRequirements(`renderer ${plugin.name}`, requirements(plugin, options));
}
