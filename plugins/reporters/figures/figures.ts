import type { GrowRecord, MapRecord, RunRecord } from "../../../core/record.ts";
import { curveFigure, heatMapFigure } from "./map_figures.ts";
import { mapMatrixFigure } from "./map_matrix.ts";
import { planeFigure, spanFigure } from "./region_figures.ts";
import { regionMatrixFigures } from "./region_matrix.ts";
import type { Figure, Measure } from "./surface.ts";
import { traceFigure } from "./trace_figure.ts";
import { loadMeasure } from "./typography.ts";

/**
 * The figures of a record, by the number of parameters: `map` for a map; `regions` for regions (of three parameters or more one an initial point:
 * `regions`, `regions_2`, ...), and `trace` where how they grew was kept.
 */
export async function createFigures(record: RunRecord): Promise<Figure[]> {
  const measure = await loadMeasure();
  return record.command === "map" ? [mapFigure(record, measure)] : growFigures(record, measure);
}

function mapFigure(record: MapRecord, measure: Measure): Figure {
  const lattice = { axes: record.run.space, values: record.axes.map(({ values }) => values), scores: record.scores };
  const draw = [curveFigure, heatMapFigure][lattice.axes.length - 1] ?? mapMatrixFigure;
  return draw(record, lattice, measure);
}

function growFigures(record: GrowRecord, measure: Measure): Figure[] {
  const dimensions = record.run.space.length;
  const trace = traceFigure(record, measure);
  const regions = dimensions > 2 ? regionMatrixFigures(record, measure) : [(dimensions === 1 ? spanFigure : planeFigure)(record, measure)];
  return trace === null ? regions : [...regions, trace];
}
