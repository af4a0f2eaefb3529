import type { Random } from "../../../core/random.ts";
import type { Reach } from "./evidence.ts";
import type { ErrorBudget } from "./test_box.ts";
import type { Thresholds } from "./thresholds.ts";

/** What a growth is told and given. */
export interface GrowthSettings {
  readonly thresholds: Thresholds;
  readonly random: Random;
  /** Most points to score. */
  readonly evaluations: number;
  readonly budget: ErrorBudget;
  /** Keeps a row of the trace. */
  readonly keep: (box: Reach) => void;
}
