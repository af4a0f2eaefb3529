import type { Slice } from "../../../../core/record.ts";
import type { Axis } from "../../../../core/semantic_space.ts";
import { product } from "../../../../core/shape.ts";
import { type Lattice, nearestIndex, sectionOf, sliceLattice, transpose } from "../../figures/lattice.ts";

/** What a layer's numbers are. */
export type LayerKind = "score" | "spread" | "difference";

/** A value at a point of a space; `exact` where that very point was scored, else interpolated there, or that of the nearest one. */
export interface LayerValue {
  readonly value: number;
  readonly exact: boolean;
}

/** Numbers over a space that can be drawn as a map. */
export interface Layer {
  readonly name: string;
  readonly kind: LayerKind;
  /** The network whose scores they are; null where they are of several. */
  readonly network: string | null;
  /** How many points were scored for it; for slices, of the largest of them. */
  readonly points: number;
  /** What is to be known of it, in a line. */
  readonly note?: string;
  /** The lattice along one axis or two through a point; null where there is none. */
  section(axes: readonly number[], point: readonly number[]): Lattice | null;
  /** The value nearest to a point; null where there is none. */
  at(point: readonly number[]): LayerValue | null;
}

/** How a layer is called and what it holds. */
export type LayerName = Pick<Layer, "name" | "kind" | "network" | "note">;

/** The sections that were asked for last: one that is asked for again is the same object, by which others know that nothing has changed. */
class Sections {
  readonly #kept = new Map<string, Lattice>();

  get(key: string, create: () => Lattice): Lattice {
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    if (this.#kept.size >= 8) this.#kept.clear();
    const created = create();
    this.#kept.set(key, created);
    return created;
  }
}

/** A layer over the lattice of a whole space. Its numbers are made when they are first asked for: a study has hundreds of maps. */
export class FullLayer implements Layer {
  readonly name: string;
  readonly kind: LayerKind;
  readonly network: string | null;
  readonly points: number;
  readonly note?: string;
  readonly #grid: Omit<Lattice, "scores">;
  readonly #scores: () => readonly number[];
  readonly #sections = new Sections();
  #lattice: Lattice | undefined;

  constructor({ name, kind, network, note }: LayerName, grid: Omit<Lattice, "scores">, scores: () => readonly number[]) {
    this.name = name;
    this.kind = kind;
    this.network = network;
    this.note = note;
    this.points = product(grid.values.map(({ length }) => length));
    this.#grid = grid;
    this.#scores = scores;
  }

  /** The axes with the values along each. */
  get grid(): Omit<Lattice, "scores"> {
    return this.#grid;
  }

  get lattice(): Lattice {
    return this.#lattice ??= { ...this.#grid, scores: this.#scores() };
  }

  section(axes: readonly number[], point: readonly number[]): Lattice {
    const held = this.lattice.axes.map((axis, i) => axes.includes(i) ? 0 : nearestIndex(this.lattice.values[i], point[i], axis));
    return this.#sections.get(
      `${axes} ${held}`,
      () => inOrder(sectionOf(this.lattice, axes.toSorted((left, right) => left - right), held), axes),
    );
  }

  at(point: readonly number[]): LayerValue {
    const { axes, values, scores, measured } = this.lattice;
    let index = 0, exact = true;
    axes.forEach((axis, i) => {
      const nearest = nearestIndex(values[i], point[i], axis);
      index = index * values[i].length + nearest;
      exact &&= isSame(values[i][nearest], point[i], axis);
    });
    return { value: scores[index], exact: exact && measured?.[index] !== 0 };
  }
}

/** A layer of slices through points. */
export class SliceLayer implements Layer {
  readonly name: string;
  readonly kind = "score";
  readonly network: string;
  readonly points: number;
  readonly #space: readonly Axis[];
  readonly #slices: readonly Slice[];
  readonly #sections = new Sections();

  constructor(network: string, space: readonly Axis[], slices: readonly Slice[]) {
    this.name = network;
    this.network = network;
    this.#space = space;
    this.#slices = slices;
    this.points = Math.max(0, ...slices.map(({ scores }) => scores.length));
  }

  section(axes: readonly number[], point: readonly number[]): Lattice | null {
    const slice = this.#find(axes, point);
    if (slice === undefined) return null;
    return this.#sections.get(`${this.#slices.indexOf(slice)} ${axes}`, () => inOrder(sliceLattice(slice, this.#space), axes));
  }

  at(point: readonly number[]): LayerValue | null {
    for (const slice of this.#slices) {
      if (this.#find(slice.axes, point) !== slice) continue;
      const { scores, ...grid } = sliceLattice(slice, this.#space);
      const layer = new FullLayer(this, grid, () => scores);
      return layer.at(slice.axes.map((axis) => point[axis]));
    }
    return null;
  }

  /** The slice along some axes that goes through a point. */
  #find(axes: readonly number[], point: readonly number[]): Slice | undefined {
    const goesThrough = ({ through }: Slice) => this.#space.every((axis, i) => axes.includes(i) || isSame(through[i], point[i], axis));
    return this.#slices.find((slice) =>
      slice.axes.length === axes.length && slice.axes.every((axis) => axes.includes(axis)) && goesThrough(slice)
    );
  }
}

/** What networks have in common and how they differ: their mean, and each one's difference from each other, where their lattices are the same. */
export function comparisons(layers: readonly Layer[]): FullLayer[] {
  const full = layers.filter((layer): layer is FullLayer => layer instanceof FullLayer && layer.kind === "score" && layer.network !== null);
  const [first, ...others] = full;
  if (first === undefined) return [];
  const axes = JSON.stringify(first.grid.values);
  const alike = [first, ...others.filter(({ grid }) => JSON.stringify(grid.values) === axes)];
  if (alike.length < 2) return [];
  const combine = (
    name: string,
    kind: LayerKind,
    value: (maps: readonly (readonly number[])[], index: number) => number,
    of: readonly FullLayer[],
  ) =>
    new FullLayer({ name, kind, network: null }, { axes: first.grid.axes, values: first.grid.values }, () => {
      const maps = of.map(({ lattice }) => lattice.scores);
      return maps[0].map((_, i) => value(maps, i));
    });
  const mean = combine("mean of networks", "score", (maps, i) => maps.reduce((sum, scores) => sum + scores[i], 0) / maps.length, alike);
  const differences = alike.flatMap((left, i) =>
    alike.slice(i + 1).map((right) =>
      combine(`${left.name} − ${right.name}`, "difference", ([one, other], k) => one[k] - other[k], [left, right])
    )
  );
  // A data semantic map is that mean already.
  return layers.some(({ kind, network }) => kind === "score" && network === null) ? differences : [mean, ...differences];
}

/** A section along two axes with the first of them across, however it is stored. */
function inOrder(lattice: Lattice, axes: readonly number[]): Lattice {
  return axes.length === 2 && axes[0] > axes[1] ? transpose(lattice) : lattice;
}

function isSame(left: number, right: number, { low, high, period }: Axis): boolean {
  const away = Math.abs(left - right);
  const distance = period === undefined ? away : Math.min(away % period, period - away % period);
  return distance < 1e-6 * (high - low);
}
