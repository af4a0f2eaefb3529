import type { Lattice } from "./lattice_map.ts";

/** A connected set of points of a lattice: neighbors differ by one step along one axis. */
export interface Pocket {
  /** The point with the lowest score; the first of several. */
  readonly bottom: number;
  /** How many points it has. */
  readonly points: number;
  /** Along each axis the shortest run of values that holds it: from value `first` on, `count` of them, across the end of a closed axis. */
  readonly spans: readonly { readonly first: number; readonly count: number }[];
  /** Whether it reaches an end of the lattice along an axis that is not closed. */
  readonly atBorder: boolean;
  /** The neighbors of its points that are not its own. */
  readonly shore: readonly number[];
}

/** Which points belong to pockets, and how the lattice hangs together. */
export interface PocketOptions {
  /** Axes along which the last value is followed by the first. */
  readonly closed: readonly boolean[];
  /** Whether a point is in a pocket. */
  readonly member: (index: number) => boolean;
}

/** All pockets of a lattice of any number of dimensions, in the order of their first points. */
export interface Pockets {
  readonly found: readonly Pocket[];
  /** For each point the index of its pocket, -1 where it is in none. */
  readonly label: Int32Array;
}

/** Finds the connected sets of member points. */
export function pockets(lattice: Lattice, scores: ArrayLike<number>, { closed, member }: PocketOptions): Pockets {
  const label = new Int32Array(lattice.size).fill(-1);
  const neighbors = new Neighbors(lattice, closed);
  const found: Pocket[] = [];
  const waiting: number[] = [];
  for (let start = 0; start < lattice.size; start++) {
    if (label[start] >= 0 || !member(start)) continue;
    const own = found.length;
    const occupied = lattice.shape.map((count) => new Uint8Array(count));
    const shore = new Set<number>();
    let bottom = start, points = 0, atBorder = false;
    label[start] = own;
    waiting.push(start);
    while (waiting.length > 0) {
      const point = waiting.pop()!;
      points++;
      if (scores[point] < scores[bottom] || (scores[point] === scores[bottom] && point < bottom)) bottom = point;
      const { count, ended } = neighbors.of(point);
      for (let k = 0; k < occupied.length; k++) occupied[k][neighbors.place[k]] = 1;
      atBorder ||= ended;
      for (let i = 0; i < count; i++) {
        const next = neighbors.found[i];
        if (label[next] === own) continue;
        if (label[next] < 0 && member(next)) {
          label[next] = own;
          waiting.push(next);
        } else shore.add(next);
      }
    }
    found.push({ bottom, points, atBorder, shore: [...shore], spans: occupied.map((axis, k) => shortestRun(axis, closed[k])) });
  }
  return { found, label };
}

/**
 * The number of steps from each member point to the nearest point that is none; points that no other point limits are as far as they can be from
 * anywhere, -1 is no member.
 */
export function depths(lattice: Lattice, { closed, member }: PocketOptions): Int32Array {
  const neighbors = new Neighbors(lattice, closed);
  const depth = new Int32Array(lattice.size).fill(lattice.size);
  const queue: number[] = [];
  for (let i = 0; i < lattice.size; i++) {
    if (member(i)) continue;
    depth[i] = 0;
    queue.push(i);
  }
  for (let head = 0; head < queue.length; head++) {
    const { count } = neighbors.of(queue[head]);
    for (let i = 0; i < count; i++) {
      const next = neighbors.found[i];
      if (depth[next] < lattice.size) continue;
      depth[next] = depth[queue[head]] + 1;
      queue.push(next);
    }
  }
  return depth.map((steps) => steps === 0 ? -1 : steps);
}

/** The neighbors of points, found into arrays that are reused. */
class Neighbors {
  /** Filled by {@linkcode of}: indices of neighbors, and the point's place along each axis. */
  readonly found: Int32Array;
  readonly place: Int32Array;
  readonly #shape: readonly number[];
  readonly #closed: readonly boolean[];

  constructor({ shape }: Lattice, closed: readonly boolean[]) {
    this.#shape = shape;
    this.#closed = closed;
    this.found = new Int32Array(2 * shape.length);
    this.place = new Int32Array(shape.length);
  }

  /** How many neighbors a point has, and whether an end of the lattice is where another would be. */
  of(point: number): { count: number; ended: boolean } {
    let rest = point, stride = 1, count = 0, ended = false;
    for (let k = this.#shape.length - 1; k >= 0; k--) {
      const length = this.#shape[k];
      const place = rest % length;
      rest = (rest - place) / length;
      this.place[k] = place;
      const around = this.#closed[k] && length > 2 ? stride * (length - 1) : 0;
      if (place > 0) this.found[count++] = point - stride;
      else if (around > 0) this.found[count++] = point + around;
      else ended ||= !this.#closed[k];
      if (place < length - 1) this.found[count++] = point + stride;
      else if (around > 0) this.found[count++] = point - around;
      else ended ||= !this.#closed[k];
      stride *= length;
    }
    return { count, ended };
  }
}

/** The shortest run of values that holds all occupied ones. */
function shortestRun(occupied: Uint8Array, closed: boolean): { first: number; count: number } {
  const length = occupied.length;
  if (!closed) {
    const first = occupied.indexOf(1);
    return { first, count: occupied.lastIndexOf(1) - first + 1 };
  }
  // What is left once the longest run of free values is taken away.
  let freeEnd = 0, free = 0;
  for (let i = 0, run = 0; i < 2 * length; i++) {
    run = occupied[i % length] === 1 ? 0 : Math.min(run + 1, length);
    if (run > free) [free, freeEnd] = [run, i];
  }
  return { first: free === 0 ? 0 : (freeEnd + 1) % length, count: length - free };
}
