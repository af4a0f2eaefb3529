import { wrongAnswer } from "./plugin_answer.ts";
import type { Scene } from "./scene.ts";
import { sceneMisfit } from "./scene_misfit.ts";

/** What is known of one axis along which scenes vary. */
export interface ParameterFacts {
  /** What makes it one of its kind. */
  readonly kind: "parameter";
  /** In lower case, words joined by hyphens: it is written on the command line. */
  readonly name: string;
  /** One line for people. */
  readonly description: string;
  /** Of the value: `degree`, `unit`, `share`, ... */
  readonly unit: string;
  /** Range of Omega along this parameter where the user gives none. */
  readonly low: number;
  /** Upper end of that range. */
  readonly high: number;
  /** Values that differ by this give the same scene. */
  readonly period?: number;
  /** Values outside of this make no sense and are refused, whatever range the user gives. */
  readonly limits?: readonly [number, number];
  /** The value that leaves the default scene as it is. */
  readonly default: number;
}

/** One axis along which scenes vary. `apply` is pure, so it can run anywhere, and smooth, since its derivative is taken by central difference. */
export interface SemanticParameter extends ParameterFacts {
  /** The scene with this parameter at `value`. */
  apply(scene: Scene, value: number): Scene;
}

/** A semantic parameter that lives in another process: many scenes cross at once. */
export interface RemoteParameter extends ParameterFacts {
  /** Each of the scenes with this parameter at its value, in their order. */
  applyAll(scenes: readonly Scene[], values: Float64Array): Promise<readonly Scene[]>;
}

/** A semantic parameter, wherever it lives. */
export type ParameterPlugin = SemanticParameter | RemoteParameter;

/** Applies a parameter to scenes, each at its own value. @throws PluginFailure where it gives no scene. */
export async function applyParameter(
  parameter: ParameterPlugin,
  scenes: readonly Scene[],
  values: Float64Array,
): Promise<readonly Scene[]> {
  if ("applyAll" in parameter) return await parameter.applyAll(scenes, values);
  return scenes.map((scene, i) => {
    const applied = parameter.apply(scene, values[i]);
    const misfit = sceneMisfit(applied);
    if (misfit !== undefined) throw wrongAnswer({ plugin: `Parameter plugin "${parameter.name}"`, method: "apply" }, misfit);
    return applied;
  });
}
