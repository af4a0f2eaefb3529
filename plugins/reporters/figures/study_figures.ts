import type { MapRecord } from "../../../core/record.ts";
import { product } from "../../../core/shape.ts";
import type { StudyRecord } from "../../../core/study_record.ts";
import { className } from "./heading.ts";
import { type Lattice, meanScores } from "./lattice.ts";
import { networkMapsFigure } from "./network_maps.ts";
import { srvrFigure } from "./srvr_figure.ts";
import { srvrTable } from "./srvr_table.ts";
import { describeStudy } from "./study_words.ts";
import type { Figure, Measure } from "./surface.ts";
import { formatValue } from "./words.ts";

/** The figures of a study: `srvr` and `srvr_classes`, and `networks` where it has maps over one parameter or two. */
export function studyFigures(record: StudyRecord, measure: Measure): Figure[] {
  const figures = record.networks.length === 0 ? [] : [srvrFigure(record, measure), srvrTable(record, measure)];
  return record.map === null || record.map.axes.length > 2 ? figures : [...figures, studyMaps(record, record.map, measure)];
}

function studyMaps(record: StudyRecord, { axes, shape }: NonNullable<StudyRecord["map"]>, measure: Measure): Figure {
  const { run: { space }, results } = record;
  const networks = record.networks.map(({ name }) => name);
  const size = product(shape);
  const rows = record.classes.map(({ name, shapes }) => {
    const kept = new Set(shapes.filter((shape) => shape.kept).map((shape) => shape.name));
    const lattices = networks.map((network): Lattice | null => {
      const own = results.filter((result) => result.network === network && result.class === name && kept.has(result.shape));
      const maps = own.flatMap(({ scores }) => scores === null ? [] : [scores]);
      return maps.length === 0 ? null : { axes: space, values: axes.map(({ values }) => values), scores: meanScores(maps, size) };
    });
    return { name, lattices, captions: lattices.map(meanCaption) };
  });
  const notes = [describeStudy(record), `Mean over the shapes of each class${scaleNote(axes.length)}`];
  return networkMapsFigure({ name: "networks", title: "Network semantic maps", notes, networks, axes: space, rows }, measure);
}

/**
 * The figure of several maps of one mesh and class by different networks, side by side on one scale.
 *
 * @param records One network each, over the same space of one parameter or two.
 */
export function comparedMapsFigure(records: readonly MapRecord[], measure: Measure): Figure {
  const [{ run }] = records;
  const lattices = records.map((record): Lattice => ({
    axes: record.run.space,
    values: record.axes.map(({ values }) => values),
    scores: record.scores,
  }));
  return networkMapsFigure({
    name: "networks",
    title: `Score of “${className(run)}” by network`,
    notes: [`${run.mesh.name}${scaleNote(run.space.length)}`],
    networks: records.map((record) => record.run.classifier.name),
    axes: run.space,
    rows: [{ name: "", lattices, captions: lattices.map(meanCaption) }],
  }, measure);
}

/** What maps beside each other have, and curves over each other have not. */
function scaleNote(axes: number): string {
  return axes === 1 ? "." : ", on one scale; numbers: mean over the map.";
}

function meanCaption(lattice: Lattice | null): string {
  const known = (lattice?.scores ?? []).filter((score) => !Number.isNaN(score));
  return known.length === 0 ? "" : formatValue(known.reduce((sum, score) => sum + score, 0) / known.length, "", 2);
}
