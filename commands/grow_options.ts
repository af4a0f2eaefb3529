import { DEFAULTS } from "../core/defaults.ts";
import { InputError } from "../core/errors.ts";
import type { MethodPlugin } from "../core/region_method.ts";
import { methods } from "../plugins/methods/mod.ts";
import { slab } from "../plugins/methods/slab/slab.ts";
import { choice, flag, number, numbers, type Option, type OptionValues, repeated, text, words } from "./options.ts";
import { SHARED_OPTIONS } from "./shared_options.ts";

const OWN_OPTIONS = {
  ...SHARED_OPTIONS,
  at: repeated(text("POINT", "initial point: 130,30 in the order of the parameters, or azimuth=130,elevation=30 (default: the middle)")),
  method: words("NAME[,NAME...]", `region methods (default ${DEFAULTS.method})`),
  resolution: numbers(
    "X[,X...]",
    "slab: ends once it knows all faces to this, in parameter units, for all or one each (default: as finely as points allow)",
  ),
  target: choice(["robust", "adversarial"], "regions in which the network is right, or wrong (default robust)"),
  samples: number("N", `points that the check of a region draws, 0 for no check (default ${DEFAULTS.samples})`, {
    low: 0,
    high: 1e7,
    integer: true,
  }),
  confidence: number("P", `confidence of the check's bounds (default ${DEFAULTS.confidence})`, { low: 0.5, high: 1 - 1e-9 }),
  mean: number("X", `a region holds where its mean is at least this, 1 - eps_m (default ${DEFAULTS.mean})`, { low: 0, high: 1 }),
  variance: number("X", `a region holds where its variance is at most this, eps_v (default ${DEFAULTS.variance})`, { low: 0, high: 0.25 }),
  floor: number("X", `a point below this is a bad one (default ${DEFAULTS.floor})`, { low: 0, high: 1 }),
  bad: number("X", `a region holds where no more of it than this share is bad (default ${DEFAULTS.badShare})`, { low: 0, high: 1 }),
  relative: flag("--mean, --variance and --floor are shares of what the initial point scores"),
  backdrop: number("N", `points of the map behind the boxes, 0 for none (default ${DEFAULTS.backdrop})`, {
    low: 0,
    high: 1e7,
    integer: true,
  }),
  traps: number("N", "points of each region on which traps are looked for, 4 along each parameter or more; 0 for none (default 256)", {
    low: 0,
    high: 1e7,
    integer: true,
  }),
  falsify: {
    ...choice(["report", "cut"], "searches each region for its worst point, and reports it or cuts the region until none is below --floor"),
    implied: "report",
  },
  csv: flag("also writes regions.csv"),
  npz: flag("also writes regions.npz for NumPy"),
};

/** Options of `grow` itself. */
export type GrowOptions = OptionValues<typeof OWN_OPTIONS>;

/** Options of `grow`: its own and those of all methods, a name once. */
export const GROW_OPTIONS: typeof OWN_OPTIONS & Readonly<Record<string, Option<unknown>>> = { ...methodOptionTable(), ...OWN_OPTIONS };

function methodOptionTable(): Record<string, Option<number>> {
  const table: Record<string, Option<number>> = {};
  for (const [name, { description, low, high, integer, default: value }] of methods.flatMap((method) => Object.entries(method.options))) {
    const users = methods.filter((method) => method.options[name] !== undefined).map((method) => method.name);
    const used = users.length === methods.length ? "" : `${users.join(", ")}: `;
    table[name] = number(integer ? "N" : "X", `${used}${description} (default ${value})`, { low, high, integer });
  }
  return table;
}

/** The options that were given and that a method has. @throws InputError where one was given that none of the methods makes use of. */
export function chosenOptions(
  chosen: readonly MethodPlugin[],
  given: Readonly<Record<string, unknown>>,
): Map<MethodPlugin, Record<string, number>> {
  for (const name of new Set(methods.flatMap((method) => Object.keys(method.options)))) {
    if (given[name] === undefined || Object.hasOwn(OWN_OPTIONS, name) || chosen.some((method) => method.options[name] !== undefined)) {
      continue;
    }
    const users = methods.filter((method) => method.options[name] !== undefined).map((method) => method.name);
    throw new InputError(`--${name} is an option of ${users.join(", ")}: add one of them to --method, or leave it out`);
  }
  if (given.resolution !== undefined && chosen.every((method) => method !== slab && methods.some((own) => own === method))) {
    throw new InputError("--resolution is an option of slab: add it to --method, or leave it out");
  }
  if (given.gradient !== undefined && given.falsify === undefined && !chosen.some(({ whiteBox }) => whiteBox)) {
    throw new InputError("--gradient is for methods that follow gradients, and for --falsify: give one of them, or leave it out");
  }
  return new Map(chosen.map((method) => {
    const values = Object.keys(method.options).filter((name) => given[name] !== undefined).map((name) => [name, Number(given[name])]);
    return [method, Object.fromEntries(values)];
  }));
}
