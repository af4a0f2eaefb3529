/** Steps between ticks that divide a turn well, in degrees. */
const DEGREE_STEPS = [1, 2, 5, 10, 15, 30, 45, 60, 90, 180];

/** Unit of scores: its ticks are quarters. */
export const SCORE_UNIT = "score";

/** Round values between `low` and `high`, about `count` of them; degrees go by steps that divide a turn. */
export function axisTicks(low: number, high: number, unit: string, count: number): number[] {
  if (unit === SCORE_UNIT) return [0, 0.25, 0.5, 0.75, 1].filter((_, i) => count > 2 || i % 2 === 0);
  const step = unit === "degree" ? DEGREE_STEPS.find((size) => (high - low) / size <= count) : undefined;
  return multiples(low, high, step === undefined || high - low < 3 ? roundStep(low, high, count) : step);
}

/** The step of 1, 2 or 5 times a power of ten that comes nearest to `count` ticks, by ratio. */
function roundStep(low: number, high: number, count: number): number {
  const exact = (high - low) / Math.max(count, 1);
  const power = 10 ** Math.floor(Math.log10(exact));
  const rest = exact / power;
  return power * (rest >= Math.sqrt(50) ? 10 : rest >= Math.sqrt(10) ? 5 : rest >= Math.sqrt(2) ? 2 : 1);
}

function multiples(low: number, high: number, step: number): number[] {
  // Rounding must not cost a tick at an end.
  const slack = 1e-9;
  const first = Math.ceil(low / step - slack);
  const values = Array.from({ length: Math.floor(high / step + slack) - first + 1 }, (_, i) => (first + i) * step);
  // Products of a power of ten below 1 carry rounding: 3 * 0.1 is not 0.3.
  return values.map((value) => Number(value.toPrecision(12)));
}
