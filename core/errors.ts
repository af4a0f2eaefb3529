/**
 * A mistake in what the user gave: a file, an option, a value. The command line prints its one line and exits with status 2; anything else
 * that is thrown is a bug and keeps its stack.
 *
 * The message names the thing and says what would be right, in one sentence without a final period.
 */
export class InputError extends Error {
  /** Tells it from other errors, across threads as well. */
  override readonly name = "InputError";
}

/**
 * A plugin from outside that failed: it threw, hung, ended, or gave what cannot be. Its message names the plugin. A run goes on without it where
 * it can, and keeps what it has where it cannot.
 */
export class PluginFailure extends InputError {}

/** Most names that an error lists. */
const LISTED = 40;

/** The error for a name that nothing carries, with the nearest known name as a suggestion. */
export function unknownName(what: string, name: string, known: readonly string[]): InputError {
  const nearest = nearestName(name, known);
  const hint = nearest === undefined ? "" : `, did you mean "${nearest}"`;
  if (nearest !== undefined && known.length > LISTED) return new InputError(`Unknown ${what} "${name}"${hint}`);
  const more = known.length > LISTED ? `, and ${known.length - LISTED} more` : "";
  return new InputError(`Unknown ${what} "${name}"${hint}: known are ${known.slice(0, LISTED).join(", ")}${more}`);
}

/** The error for a number outside its range. */
export function outOfRange(what: string, value: number, low: number, high: number): InputError {
  return new InputError(`${what} must be in [${low}, ${high}]: current value is ${value}`);
}

function nearestName(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const substitution = previous[column - 1] + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, previous[column] + 1, current[column - 1] + 1));
    }
    previous = current;
  }
  return previous[right.length];
}
