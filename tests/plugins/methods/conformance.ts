import type { MethodPlugin } from "../../../core/region_method.ts";
import { methodConformance as requirements } from "../../../plugins/conformance/method.ts";
import { testRequirements } from "../requirements.ts";

/** What every region method must obey, as tests of one method. `options` make it quick. */
export function methodConformance(method: MethodPlugin, options: Record<string, number> = {}): void {
  testRequirements(`method ${method.name}`, requirements(method, options));
}
