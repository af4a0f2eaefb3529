import { z } from "zod";
import { InputError } from "../../core/errors.ts";
import type { PluginFacts } from "./outside_module.ts";
import { parsed } from "./parsed.ts";
import { PERMISSION } from "./permissions.ts";

const NAME = /^[a-z][a-z0-9_-]{0,63}$/;

const text = z.string().min(1).max(400).regex(/^[^\p{Cc}]*$/u, "must be one line");
const finite = z.number();
const name = z.string().regex(NAME, 'must be lower-case letters, digits, "-" and "_", at most 64');

const option = z.object({ description: text, default: finite, low: finite, high: finite, integer: z.boolean().optional() })
  .refine((value) => value.low <= value.default && value.default <= value.high, "its default must lie in its range")
  .refine((value) => !value.integer || Number.isInteger(value.default), "its default must be a whole number");

const common = {
  name,
  description: text,
  version: z.string().regex(/^\d+(\.\d+){0,2}([-+.][0-9A-Za-z.-]{1,40})?$/, "must be a version as 1.0.0"),
  permissions: z.array(z.string().regex(PERMISSION, "must be net:HOST, read:PATH, write:PATH, env:NAME or sys:NAME")).max(32).default([]),
  options: z.record(name, option).default({}),
};

const parameter = z.object({
  kind: z.literal("parameter"),
  ...common,
  unit: text,
  low: finite,
  high: finite,
  period: z.number().positive().optional(),
  limits: z.tuple([finite, finite]).optional(),
  default: finite,
}).refine(({ low, high }) => low < high, "its range must run from a lower to a higher number");

/** The function that makes a plugin one of its kind. */
const FUNCTION = { parameter: "apply", method: "grow", renderer: "create", classifier: "load", reporter: "report" } as const;

const pluginFacts = z.discriminatedUnion("kind", [
  parameter,
  z.object({ kind: z.literal("method"), ...common, whiteBox: z.boolean() }),
  z.object({ kind: z.literal("renderer"), ...common }),
  z.object({ kind: z.literal("classifier"), ...common }),
  z.object({ kind: z.literal("reporter"), ...common }),
], `must be one of ${Object.keys(FUNCTION).join(", ")}`);

const descriptions = z.array(z.object({ manifest: z.unknown(), functions: z.array(z.string()).max(1000) })).min(1).max(64);

/**
 * Reads what a module says of its plugins.
 *
 * @param origin What to call the module in messages.
 * @throws InputError where a manifest is incomplete, or is of another kind than the plugin's functions.
 */
export function readDescriptions(described: unknown, origin: string): PluginFacts[] {
  const list = descriptions.safeParse(described);
  const isNone = list.data?.some(({ manifest, functions }) => functions.length === 0 && Object.keys(manifest ?? {}).length === 0);
  if (!list.success || isNone) throw new InputError(`Plugin "${origin}" must export a plugin, or a list of them, by default`);
  return list.data.map(({ manifest, functions }) => {
    const facts = readFacts(manifest, origin);
    const { kind, name, options } = facts;
    const wanted = FUNCTION[kind];
    const foreign = Object.values(FUNCTION).filter((candidate) => candidate !== wanted && functions.includes(candidate));
    if (!functions.includes(wanted) || foreign.length > 0) {
      const found = foreign.length > 0 ? `it has ${foreign.map((candidate) => `${candidate}()`).join(", ")}` : "it has none";
      throw new InputError(`Plugin "${name}" of "${origin}" must have the function ${wanted}() of a ${kind}: ${found}`);
    }
    const configurable = functions.includes("configure");
    if (kind !== "method" && Object.keys(options).length > 0 && !configurable) {
      throw new InputError(`Plugin "${name}" of "${origin}" must have a function configure() for its options: it has none`);
    }
    return { ...facts, configurable };
  });
}

function readFacts(manifest: unknown, origin: string): z.infer<typeof pluginFacts> {
  try {
    return parsed(pluginFacts, manifest);
  } catch (error) {
    throw new InputError(`Manifest of plugin "${origin}" is wrong: ${(error as Error).message}`);
  }
}
