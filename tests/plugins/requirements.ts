import type { Requirement } from "../../plugins/conformance/requirement.ts";

/** Requirements of a plugin as tests; those that are skipped say why. */
export function testRequirements(plugin: string, requirements: readonly Requirement[]): void {
  for (const { name, skipped, check } of requirements) {
    Deno.test({
      name: `${plugin}: ${name}${skipped === undefined ? "" : ` (skipped: ${skipped})`}`,
      ignore: skipped !== undefined,
      fn: check,
    });
  }
}
