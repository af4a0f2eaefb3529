import { type Lattice, padAxis } from "../../figures/lattice.ts";
import type { PageScale } from "./scales.ts";

/** The line along which a lattice over two axes has a level, as an SVG path of straight pieces, one or two a cell. */
export function contourPath({ axes, values, scores }: Lattice, level: number, { x, y }: { x: PageScale; y: PageScale }): string {
  const across = padAxis(values[0], axes[0]), up = padAxis(values[1], axes[1]);
  const rows = values[1].length;
  const at = (column: number, row: number) => scores[across.indices[column] * rows + up.indices[row]] - level;
  const pieces: string[] = [];
  for (let column = 0; column + 1 < across.indices.length; column++) {
    for (let row = 0; row + 1 < up.indices.length; row++) {
      const corners = [[0, 0], [1, 0], [1, 1], [0, 1]].map(([i, j]) => ({
        x: across.positions[column + i],
        y: up.positions[row + j],
        value: at(column + i, row + j),
      }));
      if (corners.some(({ value }) => Number.isNaN(value))) continue;
      const crossings = corners.flatMap((from, k) => {
        const to = corners[(k + 1) % 4];
        if (from.value >= 0 === to.value >= 0) return [];
        const share = from.value / (from.value - to.value);
        const point = [x.place(from.x + share * (to.x - from.x)), y.place(from.y + share * (to.y - from.y))];
        return [point.map((value) => value.toFixed(1)).join()];
      });
      for (let k = 0; k + 1 < crossings.length; k += 2) pieces.push(`M${crossings[k]}L${crossings[k + 1]}`);
    }
  }
  return pieces.join("");
}
