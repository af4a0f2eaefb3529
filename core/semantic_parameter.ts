import type { Scene } from "./scene.ts";

/** One axis along which scenes vary. `apply` is pure, so it can run anywhere, and smooth, since its derivative is taken by central difference. */
export interface SemanticParameter {
  readonly kind: "parameter";
  /** In lower case, words joined by hyphens: it is written on the command line. */
  readonly name: string;
  readonly description: string;
  /** Of the value: `degree`, `unit`, `share`, ... */
  readonly unit: string;
  /** Range of Omega along this parameter where the user gives none. */
  readonly low: number;
  readonly high: number;
  /** Values that differ by this give the same scene. */
  readonly period?: number;
  /** Values outside of this make no sense and are refused, whatever range the user gives. */
  readonly limits?: readonly [number, number];
  /** The value that leaves the default scene as it is. */
  readonly default: number;
  /** The scene with this parameter at `value`. */
  apply(scene: Scene, value: number): Scene;
}
