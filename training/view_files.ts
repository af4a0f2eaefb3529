import { z } from "zod";
import { InputError } from "../core/errors.ts";
import { Orthotope } from "../core/orthotope.ts";
import { CLASSES } from "./data/studio.ts";
import { ALL_VIEWS, BIASED_VIEWS, VIEW_SPACE, type ViewSet } from "./data/views.ts";

const interval = z.tuple([z.number(), z.number()]).refine(([low, high]) => low < high, "must run from a lower to a higher number");

/** Boxes as people write them: intervals of azimuth and elevation in degrees, by class. */
const boxesByClass = z.record(z.string(), z.array(z.strictObject({ azimuth: interval, elevation: interval })));

/** What is read of the record of a `grow` run: its regions become boxes. */
const growRecord = z.object({
  command: z.literal("grow"),
  run: z.object({
    space: z.array(z.object({ name: z.string() })),
    class: z.object({ label: z.string() }),
  }),
  regions: z.array(z.object({ a: z.array(z.number()), b: z.array(z.number()) })),
});

/** The view sets that have names. */
export const NAMED_VIEWS: Readonly<Record<string, ViewSet>> = { biased: BIASED_VIEWS, all: ALL_VIEWS };

/**
 * Reads a view set from JSON text: either `{"chair": [{"azimuth": [-60, 60], "elevation": [0, 40]}], ...}`, or the record of a `grow` run over azimuth and
 * elevation of one of the built-in classes, whose regions are taken.
 *
 * @param name What to call the text in messages.
 * @throws InputError where it is neither, names an unknown class, or a box leaves the elevations of `VIEW_SPACE`.
 */
export function parseViews(text: string, name: string): ViewSet {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new InputError(`Views "${name}" must be JSON: ${(error as Error).message}`);
  }
  const record = growRecord.safeParse(json);
  if (record.success) return fromRecord(record.data, name);
  const boxes = boxesByClass.safeParse(json);
  if (!boxes.success) {
    const [issue] = boxes.error.issues;
    throw new InputError(
      `Views "${name}" must be boxes by class, as {"chair": [{"azimuth": [-60, 60], "elevation": [0, 40]}]}, or the record of a grow run: at "${
        issue.path.join(".")
      }": ${issue.message}`,
    );
  }
  return checked(
    Object.fromEntries(
      Object.entries(boxes.data).map(([label, list]) => [
        label,
        list.map(({ azimuth, elevation }) => new Orthotope([azimuth[0], elevation[0]], [azimuth[1], elevation[1]])),
      ]),
    ),
    name,
  );
}

/** The boxes of several sets together. */
export function joinViews(sets: readonly ViewSet[]): ViewSet {
  const names = new Set(sets.flatMap((set) => Object.keys(set)));
  return Object.fromEntries([...names].map((name) => [name, sets.flatMap((set) => set[name] ?? [])]));
}

/** A view set as people write it. */
export function describeViews(views: ViewSet): z.infer<typeof boxesByClass> {
  return Object.fromEntries(
    Object.entries(views).map(([name, boxes]) => [name, boxes.map(({ a, b }) => ({ azimuth: [a[0], b[0]], elevation: [a[1], b[1]] }))]),
  );
}

function fromRecord({ run, regions }: z.infer<typeof growRecord>, name: string): ViewSet {
  const names = run.space.map((axis) => axis.name);
  const [azimuth, elevation] = [names.indexOf("azimuth"), names.indexOf("elevation")];
  if (azimuth < 0 || elevation < 0) {
    throw new InputError(`Views "${name}" must be of a run over azimuth and elevation: its parameters are ${names.join(", ")}`);
  }
  return checked(
    { [run.class.label]: regions.map(({ a, b }) => new Orthotope([a[azimuth], a[elevation]], [b[azimuth], b[elevation]])) },
    name,
  );
}

function checked(views: ViewSet, name: string): ViewSet {
  const { low, high } = VIEW_SPACE.axes[1];
  for (const [label, boxes] of Object.entries(views)) {
    if (!CLASSES.includes(label)) {
      throw new InputError(`Views "${name}" must name built-in classes (${CLASSES.join(", ")}): one is "${label}"`);
    }
    for (const { a, b } of boxes) {
      if (a[1] < low || b[1] > high) {
        throw new InputError(`Elevations of views "${name}" must lie in [${low}, ${high}]: those of a "${label}" are ${a[1]} to ${b[1]}`);
      }
      if (b[0] - a[0] > 360) {
        throw new InputError(`Azimuths of views "${name}" must span 360 degrees at most: those of a "${label}" span ${b[0] - a[0]}`);
      }
    }
  }
  return views;
}
