/** One thing that a plugin must do. */
export interface Requirement {
  /** In words that follow the plugin's name. */
  readonly name: string;
  /** Why it is not looked at, where it is not. */
  readonly skipped?: string;
  /** Throws what is wrong. */
  check(): void | Promise<void>;
}

/** Collects requirements as tests are written. */
export class Requirements {
  readonly all: Requirement[] = [];

  /** Adds one; `skipped` says why it is not looked at. */
  readonly test = (name: string, check: Requirement["check"], skipped?: string): void => {
    this.all.push({ name, check, ...(skipped === undefined ? {} : { skipped }) });
  };
}
