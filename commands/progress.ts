const ENCODER = new TextEncoder();

/** How often a line is drawn anew on a terminal, and printed elsewhere, in milliseconds. */
const TERMINAL_INTERVAL = 100;
const PLAIN_INTERVAL = 10_000;
/** Nothing is shown of what takes less than this. */
const PATIENCE = 500;

/** Messages and progress on standard error: a bar on a terminal, plain lines elsewhere, nothing when quiet. */
export class Progress {
  readonly #quiet: boolean;
  readonly #terminal: boolean;
  #label = "";
  #unit = "";
  #started = 0;
  #shown = 0;
  #drawn = false;

  constructor({ quiet }: { quiet: boolean }) {
    this.#quiet = quiet;
    this.#terminal = Deno.stderr.isTerminal();
  }

  /** Prints a line. */
  say(line: string): void {
    if (this.#quiet) return;
    this.#clear();
    console.error(line);
  }

  /** Starts a stage; `unit` names what is counted. */
  start(label: string, unit: string): void {
    this.#label = label;
    this.#unit = unit;
    this.#started = performance.now();
    this.#shown = 0;
  }

  /** Says what the stage is at now. */
  label(text: string): void {
    this.#label = text;
  }

  /** Tells how far the stage is; `counted` of `unit` have been done. */
  update(done: number, total: number, counted = done): void {
    if (this.#quiet) return;
    const now = performance.now();
    const elapsed = now - this.#started;
    if (elapsed < PATIENCE || now - this.#shown < (this.#terminal ? TERMINAL_INTERVAL : PLAIN_INTERVAL)) return;
    this.#shown = now;
    const share = total > 0 ? Math.min(1, done / total) : 0;
    const rate = counted / (elapsed / 1000);
    const left = share > 0 ? `${duration(elapsed / 1000 * (1 - share) / share)} left` : "";
    const facts = `${Math.floor(100 * share)}% ${rate.toFixed(rate < 10 ? 1 : 0)} ${this.#unit}/s ${left}`;
    if (!this.#terminal) return console.error(`${this.#label} ${facts}`);
    const width = 24;
    const filled = Math.round(share * width);
    this.#drawn = true;
    Deno.stderr.writeSync(ENCODER.encode(`\r\x1b[K${this.#label} ${"━".repeat(filled)}${"─".repeat(width - filled)} ${facts}`));
  }

  /** Ends a stage. */
  end(): void {
    this.#clear();
  }

  #clear(): void {
    if (this.#drawn) Deno.stderr.writeSync(ENCODER.encode("\r\x1b[K"));
    this.#drawn = false;
  }
}

/** Seconds as people say them. */
function duration(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  if (seconds < 6000) return `${Math.ceil(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
