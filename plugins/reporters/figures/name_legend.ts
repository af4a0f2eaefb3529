import { linePath, type Measure, type Surface } from "./surface.ts";
import { INK } from "./theme.ts";
import { fitText } from "./typography.ts";

const STYLE = { size: 13.5, color: INK } as const;
const ROW_HEIGHT = 23;
const SWATCH = 20;
const GAP = 16;

/** Names beside lines of their color, wrapped to a width. */
export function layNameLegend(
  colors: ReadonlyMap<string, string>,
  { width, measure }: { readonly width: number; readonly measure: Measure },
): { readonly height: number; draw(surface: Surface, x: number, y: number): void } {
  const places: { name: string; color: string; x: number; row: number }[] = [];
  let x = 0, row = 0;
  for (const [full, color] of colors) {
    const name = fitText(measure, full, STYLE, width - SWATCH - 7);
    const needed = SWATCH + 7 + measure(name, STYLE);
    if (x > 0 && x + needed > width) [x, row] = [0, row + 1];
    places.push({ name, color, x, row });
    x += needed + GAP;
  }
  return {
    height: places.length === 0 ? 0 : (row + 1) * ROW_HEIGHT,
    draw(surface, left, top) {
      for (const place of places) {
        const middle = top + (place.row + 0.5) * ROW_HEIGHT;
        surface.path(linePath(left + place.x, middle, left + place.x + SWATCH, middle), { stroke: place.color, width: 3 }, {
          kind: "legend",
        });
        surface.text(place.name, left + place.x + SWATCH + 7, middle + 5, STYLE);
      }
    },
  };
}
