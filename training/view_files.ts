import { z } from "zod";
import { InputError } from "../core/errors.ts";
import { parseJson } from "../core/json.ts";
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

/** What is read of the record of a `map` run: where it is low, its cells become boxes. */
const mapRecord = z.object({
  command: z.literal("map"),
  run: z.object({ class: z.object({ label: z.string() }) }),
  axes: z.array(z.object({ name: z.string(), values: z.array(z.number()).min(2) })),
  scores: z.array(z.number().nullable()),
});

/** Where a network scores less, its map has a hole. */
const HOLE = 0.5;

/** The view sets that have names. */
export const NAMED_VIEWS: Readonly<Record<string, ViewSet>> = { biased: BIASED_VIEWS, all: ALL_VIEWS };

/**
 * Reads a view set from JSON text: `{"chair": [{"azimuth": [-60, 60], "elevation": [0, 40]}], ...}`; or the record of a `grow` run over azimuth and
 * elevation of one of the built-in classes, whose regions are taken; or that of a `map` run, whose cells below 0.5 are taken: the holes of the map.
 *
 * @param name What to call the text in messages.
 * @throws InputError where it is neither, names an unknown class, or a box leaves the elevations of `VIEW_SPACE`.
 */
export function parseViews(text: string, name: string): ViewSet {
  const json = parseJson(text, `Views "${name}"`);
  const record = growRecord.safeParse(json);
  if (record.success) return fromRegions(record.data, name);
  const map = mapRecord.safeParse(json);
  if (map.success) return fromHoles(map.data, name);
  const boxes = boxesByClass.safeParse(json);
  if (!boxes.success) {
    const [issue] = boxes.error.issues;
    throw new InputError(
      `Views "${name}" must be boxes by class, as {"chair": [{"azimuth": [-60, 60], "elevation": [0, 40]}]}, or the record of a grow or map run: at "${
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

/** The boxes of several sets together. @throws InputError where there is none. */
export function joinViews(sets: readonly ViewSet[]): ViewSet {
  if (sets.every((set) => Object.values(set).every((boxes) => boxes.length === 0))) {
    throw new InputError(
      `Views must have a box for one class at least: there is none, as in the record of a map that nowhere scores below ${HOLE}`,
    );
  }
  const names = new Set(sets.flatMap((set) => Object.keys(set)));
  return Object.fromEntries([...names].map((name) => [name, sets.flatMap((set) => set[name] ?? [])]));
}

/** A view set as people write it. */
export function describeViews(views: ViewSet): z.infer<typeof boxesByClass> {
  return Object.fromEntries(
    Object.entries(views).map(([name, boxes]) => [name, boxes.map(({ a, b }) => ({ azimuth: [a[0], b[0]], elevation: [a[1], b[1]] }))]),
  );
}

function fromRegions({ run, regions }: z.infer<typeof growRecord>, name: string): ViewSet {
  const [azimuth, elevation] = viewAxes(run.space, name);
  return checked(
    { [run.class.label]: regions.map(({ a, b }) => new Orthotope([a[azimuth], a[elevation]], [b[azimuth], b[elevation]])) },
    name,
  );
}

/** A box for every run of low cells along the azimuth. */
function fromHoles({ run, axes, scores }: z.infer<typeof mapRecord>, name: string): ViewSet {
  const [azimuth, elevation] = viewAxes(axes, name);
  const [columns, rows] = [axes[azimuth].values, axes[elevation].values];
  const [width, height] = [columns[1] - columns[0], rows[1] - rows[0]];
  const { low, high } = VIEW_SPACE.axes[1];
  const isHole = (column: number, row: number) => {
    const score = column < columns.length ? scores[azimuth === 0 ? column * rows.length + row : row * columns.length + column] : null;
    return score !== null && score < HOLE;
  };
  const boxes: Orthotope[] = [];
  rows.forEach((y, row) => {
    for (let column = 0, start = -1; column <= columns.length; column++) {
      if (isHole(column, row)) {
        if (start < 0) start = column;
      } else if (start >= 0) {
        const a = [columns[start] - width / 2, Math.max(low, y - height / 2)];
        boxes.push(new Orthotope(a, [columns[column - 1] + width / 2, Math.min(high, y + height / 2)]));
        start = -1;
      }
    }
  });
  return checked({ [run.class.label]: boxes }, name);
}

/** Places of azimuth and elevation among the parameters of a run. */
function viewAxes(axes: readonly { readonly name: string }[], name: string): [number, number] {
  const names = axes.map((axis) => axis.name);
  const places: [number, number] = [names.indexOf("azimuth"), names.indexOf("elevation")];
  if (axes.length !== 2 || places.includes(-1)) {
    throw new InputError(`Views "${name}" must be of a run over azimuth and elevation: its parameters are ${names.join(", ")}`);
  }
  return places;
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
