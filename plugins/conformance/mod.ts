import type { OutsidePlugin } from "../../core/manifest.ts";
import type { Plugin } from "../../core/registry.ts";
import { classifierConformance } from "./classifier.ts";
import { methodConformance } from "./method.ts";
import { parameterConformance } from "./parameter.ts";
import { rendererConformance } from "./renderer.ts";
import { reporterConformance, sampleRecords } from "./reporter.ts";
import type { Requirement } from "./requirement.ts";

/** What a plugin must do. */
export type { Requirement } from "./requirement.ts";

/** Most steps of a method's growths. */
const STEPS = 150;

/**
 * What a plugin of its kind must do, as checks that throw what is wrong: for the tests of whoever writes one.
 *
 * ```ts ignore
 * import { conformance } from "@orthotope/orthotope";
 * import fog from "./fog.ts";
 *
 * for (const { name, check } of await conformance(fog)) Deno.test(name, check);
 * ```
 *
 * @param plugin In this process, or a remote one. A classifier is loaded without a file.
 */
export async function conformance(plugin: Plugin | OutsidePlugin): Promise<Requirement[]> {
  switch (plugin.kind) {
    case "parameter":
      return parameterConformance(plugin);
    case "renderer":
      return rendererConformance(plugin);
    case "reporter":
      return reporterConformance(plugin, { records: await sampleRecords() });
    case "method": {
      const { steps } = plugin.options;
      return methodConformance(plugin, steps === undefined ? {} : { steps: Math.max(steps.low, Math.min(steps.default, STEPS)) });
    }
    case "classifier": {
      const load = () => plugin.load({ name: plugin.name, bytes: new Uint8Array(0), threads: 1, provider: "cpu", gradients: true });
      const classifier = await load();
      const gradients = classifier.differentiate !== undefined;
      await classifier.dispose();
      return classifierConformance({ load, gradients });
    }
  }
}
