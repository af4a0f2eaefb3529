import type { ParameterPlugin } from "../../../core/semantic_parameter.ts";
import { parameterConformance as requirements } from "../../../plugins/conformance/parameter.ts";
import { testRequirements } from "../requirements.ts";

/** What every semantic parameter must obey, as tests of one parameter. */
export function parameterConformance(parameter: ParameterPlugin): void {
  testRequirements(`parameter ${parameter.name}`, requirements(parameter));
}
