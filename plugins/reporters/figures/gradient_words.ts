import type { MapRecord } from "../../../core/record.ts";
import { steepest } from "./tangents.ts";
import { axisName, formatValue } from "./words.ts";

/** What is shown of a map's gradients and where they came from, in a line; nothing where there are none. @param most Parameters up to which slices are shown. */
export function gradientNote({ gradients, run: { space }, axes }: Pick<MapRecord, "gradients" | "run" | "axes">, most = Infinity): string {
  if (gradients === undefined) return "";
  const words = { exact: "exact", picture: "by differences of pictures", function: "by differences of scores", none: "" }[gradients.source];
  if (space.length === 1) {
    const index = steepest(gradients.values);
    const at = `${axisName(space[0].name)} ${formatValue(axes[0].values[index] ?? NaN, space[0].unit)}`;
    const most = index < 0
      ? "0 everywhere"
      : `${formatValue(gradients.values[index], "", 2)} a ${space[0].unit || "unit"} at ${at} where it is steepest`;
    return `Tangents: the derivative of the score, ${words}, thinned; ${most}.`;
  }
  if (space.length === 2) return `Arrows: the gradient of the score, ${words}, thinned.`;
  if (space.length > most) return `Gradients of more than ${most} parameters are not drawn; the record has them.`;
  return `Arrows: the gradient along each slice, ${words}, thinned; the longest of each slice have one length.`;
}
