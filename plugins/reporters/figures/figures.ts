import type { GrowRecord, MapRecord } from "../../../core/record.ts";
import type { RunRecord } from "../../../core/reporter.ts";
import { dataMapFigures } from "./data_map_figures.ts";
import { curveFigure, heatMapFigure } from "./map_figures.ts";
import { mapMatrixFigure } from "./map_matrix.ts";
import { measuredPoints } from "./measured_marks.ts";
import { type PictureSource, stripValues } from "./picture_strip.ts";
import { planeFigure, spanFigure } from "./region_figures.ts";
import { regionMatrixFigures } from "./region_matrix.ts";
import { studyFigures } from "./study_figures.ts";
import type { Figure, Measure } from "./surface.ts";
import { traceFigure } from "./trace_figure.ts";
import { loadMeasure } from "./typography.ts";

/**
 * The figures of a record: `map` for a map; `regions` for regions (of three parameters or more one an initial point: `regions`, `regions_2`, ...),
 * and `trace` where how they grew was kept; `srvr`, `srvr_classes` and `networks` for a study; `data_map_CLASS` of each class for a bias.
 *
 * @param pictures Draws what is seen at points: a map over one parameter then has pictures along its axis, as the paper's figure 1 has.
 */
export async function createFigures(record: RunRecord, pictures?: PictureSource): Promise<Figure[]> {
  const measure = await loadMeasure();
  switch (record.command) {
    case "map":
      return [await mapFigure(record, measure, pictures)];
    case "grow":
      return growFigures(record, measure);
    case "study":
      return studyFigures(record, measure);
    case "bias":
      return dataMapFigures(record, measure);
  }
}

async function mapFigure(record: MapRecord, measure: Measure, pictures?: PictureSource): Promise<Figure> {
  const lattice = {
    axes: record.run.space,
    values: record.axes.map(({ values }) => values),
    scores: record.scores,
    measured: measuredPoints(record),
    slopes: record.gradients?.values,
  };
  if (lattice.axes.length > 2) return mapMatrixFigure(record, lattice, measure);
  if (lattice.axes.length === 2) return heatMapFigure(record, lattice, measure);
  const values = stripValues(lattice.axes[0]);
  const drawn = await pictures?.(values.map((value) => [value])) ?? [];
  return curveFigure(record, lattice, measure, drawn.map((picture, i) => ({ value: values[i], picture })));
}

function growFigures(record: GrowRecord, measure: Measure): Figure[] {
  const dimensions = record.run.space.length;
  const trace = traceFigure(record, measure);
  const regions = dimensions > 2 ? regionMatrixFigures(record, measure) : [(dimensions === 1 ? spanFigure : planeFigure)(record, measure)];
  return trace === null ? regions : [...regions, trace];
}
