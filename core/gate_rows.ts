import { InputError } from "./errors.ts";
import type { GrowRecord, MapRecord, RegionRecord, RunBase, RunHead } from "./record.ts";
import type { RunRecord } from "./reporter.ts";
import type { StudyRecord } from "./study_record.ts";

/** A run with a name for messages, as a rule its folder. */
export interface GateRun {
  /** What to call it. */
  readonly name: string;
  /** What it wrote. */
  readonly record: RunRecord;
}

/**
 * What can be demanded:
 *
 * - `volume`: share of the semantic space that is covered by regions that hold; of one region 0 where it does not hold, of a study its SRVR
 * - `holds`, `confirmed`: share of a run's regions that hold, and for which that is certain
 * - `mean`, `worst`: mean and lowest score of a region (with what a search found), or of a map
 * - `bad`: share of points below the floor, in a region, in all regions of a study, or in a map
 */
export type GateMeasure = "volume" | "holds" | "confirmed" | "mean" | "worst" | "bad";

/** A part of a run that demands are made of. */
export interface GateRow {
  /** Name of the run. */
  readonly run: string;
  /** Name of the network. */
  readonly network: string;
  /** In words; the same in runs that can be compared. */
  readonly subject: string;
  /** What is known of it; NaN where it was not measured. */
  readonly measures: Readonly<Partial<Record<GateMeasure, number>>>;
  /** What must be the same for the measures to be compared, by its name in messages. */
  readonly setting: Readonly<Record<string, string>>;
}

/** The parts of a run. @throws InputError where the run is not complete, or of a command that is not judged. */
export function gateRows({ name, record }: GateRun, options: { readonly floor: number; readonly eachClass: boolean }): GateRow[] {
  if (record.command === "bias") throw new InputError(`"${name}" is a run of bias: demands are made of runs of grow, map and study`);
  const isComplete = record.command === "grow"
    ? record.regions.every(({ stopped }) => stopped !== "interrupted" && stopped !== "failed")
    : record.complete;
  if (!isComplete) throw new InputError(`"${name}" is not complete: run its command once more`);
  if (record.command === "grow") return growRows(name, record);
  return record.command === "map" ? [mapRow(name, record, options.floor)] : studyRows(name, record, options.eachClass);
}

function growRows(run: string, { run: head, regions }: GrowRecord): GateRow[] {
  const network = head.classifier.name;
  const object = objectOf(head);
  const rows = regions.map((region): GateRow => {
    const { check, falsification } = region;
    return {
      ...{ run, network },
      subject: `${object} at ${region.initialPoint.join(",")} by ${region.method}${region.target === "robust" ? "" : ", adversarial"}`,
      measures: {
        volume: check === null ? NaN : check.holds ? region.volumeRatio : 0,
        mean: check?.mean ?? NaN,
        worst: check === null ? NaN : Math.min(check.minimum, falsification?.score ?? Infinity),
        bad: check?.badShare ?? NaN,
      },
      setting: {
        ...settingOf(head),
        meshes: head.mesh.sha256,
        methods: JSON.stringify([region.options, region.resolution]),
        demands: JSON.stringify(check?.thresholds),
      },
    };
  });
  const share = (is: (check: NonNullable<RegionRecord["check"]>) => boolean) =>
    regions.some(({ check }) => check === null) ? NaN : regions.filter(({ check }) => is(check!)).length / regions.length;
  const measures = { holds: share(({ holds }) => holds), confirmed: share(({ verdict }) => verdict === "confirmed") };
  return [...rows, { run, network, subject: `${object}, all regions`, measures, setting: {} }];
}

function mapRow(run: string, { run: head, scores, summary }: MapRecord, floor: number): GateRow {
  return {
    run,
    network: head.classifier.name,
    subject: objectOf(head),
    measures: { mean: summary.mean, worst: summary.minimum, bad: scores.filter((score) => score < floor).length / scores.length },
    setting: { ...settingOf(head), meshes: head.mesh.sha256 },
  };
}

function studyRows(run: string, record: StudyRecord, eachClass: boolean): GateRow[] {
  const { run: head, networks, classes, target, points, methods, check } = record;
  const setting = {
    ...settingOf(head),
    meshes: JSON.stringify(classes.map(({ name, shapes }) => [name, shapes.filter(({ kept }) => kept).map(({ sha256 }) => sha256)])),
    points: JSON.stringify(points),
    methods: JSON.stringify(methods),
    demands: JSON.stringify([target, check.thresholds]),
  };
  return networks.flatMap(({ name: network, byClass, ...whole }) => {
    const parts = [
      { subject: "all classes", ...whole },
      ...eachClass ? classes.map(({ name }) => ({ subject: name, ...byClass[name] })) : [],
    ];
    return parts.map(({ subject, srvrHolding, holds, confirmed, badShare = NaN }) => ({
      ...{ run, network, subject },
      measures: { volume: srvrHolding, holds, confirmed, bad: badShare },
      setting,
    }));
  });
}

function objectOf({ class: { label }, mesh: { name } }: RunHead): string {
  return label === name ? name : `${label}, ${name}`;
}

function settingOf({ space, fixed, renderer, shading = "flat" }: RunBase): Record<string, string> {
  const inOrder = Object.entries(fixed).sort(([left], [right]) => left < right ? -1 : 1);
  return {
    parameters: JSON.stringify([space.map(({ name, low, high }) => [name, low, high]), inOrder]),
    renderers: `${renderer} ${shading}`,
  };
}
