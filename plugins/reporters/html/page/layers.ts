import type { Slice } from "../../../../core/record.ts";
import type { Axis } from "../../../../core/semantic_space.ts";
import { type Lattice, nearestIndex, sectionOf, sliceLattice, transpose } from "../../figures/lattice.ts";

/** What a layer's numbers are. */
export type LayerKind = "score" | "spread" | "difference";

/** A value at a point of a space; `exact` where that very point was scored, else that of the nearest one. */
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
  /** The lattice along one axis or two through a point; null where there is none. */
  section(axes: readonly number[], point: readonly number[]): Lattice | null;
  /** The value nearest to a point; null where there is none. */
  at(point: readonly number[]): LayerValue | null;
}

/** How a layer is called and what it holds. */
export type LayerName = Pick<Layer, "name" | "kind" | "network">;

/** A layer over the lattice of a whole space. */
export class FullLayer implements Layer {
  readonly name: string;
  readonly kind: LayerKind;
  readonly network: string | null;
  readonly lattice: Lattice;
  readonly points: number;

  constructor({ name, kind, network }: LayerName, lattice: Lattice) {
    this.name = name;
    this.kind = kind;
    this.network = network;
    this.lattice = lattice;
    this.points = lattice.scores.length;
  }

  section(axes: readonly number[], point: readonly number[]): Lattice {
    const held = this.lattice.axes.map((axis, i) => nearestIndex(this.lattice.values[i], point[i], axis));
    return inOrder(sectionOf(this.lattice, axes.toSorted((left, right) => left - right), held), axes);
  }

  at(point: readonly number[]): LayerValue {
    const { axes, values, scores } = this.lattice;
    let index = 0, exact = true;
    axes.forEach((axis, i) => {
      const nearest = nearestIndex(values[i], point[i], axis);
      index = index * values[i].length + nearest;
      exact &&= isSame(values[i][nearest], point[i], axis);
    });
    return { value: scores[index], exact };
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

  constructor(network: string, space: readonly Axis[], slices: readonly Slice[]) {
    this.name = network;
    this.network = network;
    this.#space = space;
    this.#slices = slices;
    this.points = Math.max(0, ...slices.map(({ scores }) => scores.length));
  }

  section(axes: readonly number[], point: readonly number[]): Lattice | null {
    const slice = this.#find(axes, point);
    return slice === undefined ? null : inOrder(sliceLattice(slice, this.#space), axes);
  }

  at(point: readonly number[]): LayerValue | null {
    for (const slice of this.#slices) {
      if (this.#find(slice.axes, point) !== slice) continue;
      const layer = new FullLayer(this, sliceLattice(slice, this.#space));
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
  const alike = [first, ...others.filter(({ lattice }) => JSON.stringify(lattice.values) === JSON.stringify(first.lattice.values))];
  if (alike.length < 2) return [];
  const combine = (name: string, kind: LayerKind, value: (index: number) => number) =>
    new FullLayer({ name, kind, network: null }, { ...first.lattice, scores: first.lattice.scores.map((_, i) => value(i)) });
  const mean = combine("mean of networks", "score", (i) => alike.reduce((sum, { lattice }) => sum + lattice.scores[i], 0) / alike.length);
  const differences = alike.flatMap((left, i) =>
    alike.slice(i + 1).map((right) =>
      combine(`${left.name} − ${right.name}`, "difference", (k) => left.lattice.scores[k] - right.lattice.scores[k])
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
