/** What a plugin's process may use. */
export interface SandboxLimits {
  /** Longest time of one call, in seconds. */
  readonly seconds: number;
  /** Longest time until the plugin is loaded, in seconds. */
  readonly startSeconds: number;
  /** Most memory of the process, in MiB; half of it for the JavaScript heap. */
  readonly memory: number;
}

/** Limits where the user gives none. */
export const SANDBOX_LIMITS: SandboxLimits = { seconds: 60, startSeconds: 60, memory: 2048 };
