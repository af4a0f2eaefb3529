import type { StudyClass, StudyHead, StudyRecord } from "../../../core/study_record.ts";
import { axisName, counted, formatValue } from "./words.ts";

/** What a study was made of, in a line. */
export function describeStudy({ run, networks, classes, points, complete, results }: StudyRecord): string {
  const parts = [
    counted(networks.length, "network"),
    `${counted(classes.length, "class", "classes")} with ${counted(keptShapes(classes), "shape")}`,
    counted(points.length, "initial point"),
    ...describeFixed(run),
  ];
  return complete ? parts.join(" · ") : `${parts.join(" · ")} · unfinished: ${counted(results.length, "result")} so far`;
}

/** Shapes that count. */
function keptShapes(classes: readonly StudyClass[]): number {
  return classes.reduce((sum, { shapes }) => sum + shapes.filter(({ kept }) => kept).length, 0);
}

/** What was held fixed. */
export function describeFixed({ fixed }: StudyHead): string[] {
  return Object.keys(fixed).sort().map((name) => `${axisName(name)} ${formatValue(fixed[name])}`);
}
