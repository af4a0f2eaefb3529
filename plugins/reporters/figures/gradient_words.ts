import type { MapRecord } from "../../../core/record.ts";
import { MOST_PAIRED } from "./matrix.ts";
import { steepest } from "./tangents.ts";
import { axisName, formatValue } from "./words.ts";

/** What a figure shows of a map's gradients and where they came from, in a line; nothing where there are none. */
export function gradientNote({ gradients, run: { space }, axes, scores }: MapRecord): string {
  if (gradients === undefined) return "";
  const words = { exact: "exact", picture: "by differences of pictures", function: "by differences of scores", none: "" }[gradients.source];
  if (space.length === 1) {
    const steep = steepest({ values: axes[0].values, scores, derivatives: gradients.values });
    const most = steep === null
      ? "0 everywhere"
      : `${formatValue(steep.derivative, "", 2)} a ${space[0].unit || "unit"} at ${axisName(space[0].name)} ${
        formatValue(steep.value, space[0].unit)
      } where it is steepest`;
    return `Tangents: the derivative of the score, ${words}, thinned; ${most}.`;
  }
  if (space.length === 2) return `Arrows: the gradient of the score, ${words}, thinned.`;
  if (space.length > MOST_PAIRED) return `Gradients of more than ${MOST_PAIRED} parameters are not drawn; the record has them.`;
  return `Arrows: the gradient along each slice, ${words}, thinned; the longest of each slice have one length.`;
}
