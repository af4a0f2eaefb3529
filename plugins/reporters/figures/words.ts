import type { Axis } from "../../../core/semantic_space.ts";

/** Name of an axis in words. */
export function axisName(name: string): string {
  return name.replaceAll("-", " ");
}

/** A number with its noun. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** A point in words: the name and value of each axis. */
export function describePoint(point: readonly number[], space: readonly Axis[]): string {
  return space.map(({ name, unit }, i) => `${axisName(name)} ${formatValue(point[i], unit, 3)}`).join(", ");
}

/** A value as people read it: at most `digits` significant ones, with its degree sign. */
export function formatValue(value: number, unit = "", digits = 4): string {
  if (!Number.isFinite(value)) return "–";
  const text = String(Number(value.toPrecision(digits))).replace("-", "−").replace("e−", "e-");
  return unit === "degree" ? `${text}°` : text;
}

/** A score as the commands print it. */
export function formatScore(score: number): string {
  return Number.isFinite(score) ? score.toFixed(3) : "–";
}
