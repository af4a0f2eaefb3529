import { readScene, type Scene, SCENE_NUMBERS, SCENE_SIZE, writeScene } from "../../../core/scene.ts";
import type { ParameterFacts, RemoteParameter } from "../../../core/semantic_parameter.ts";
import { OVERHEAD, readNumbers, type Remote } from "./remote_plugin.ts";

/** Scenes a message. */
const BATCH = 4096;

/** Place of the blur among a scene's numbers; a kernel grows with it. */
const BLUR = SCENE_NUMBERS.indexOf("post.blur");

/** Numbers beyond this are no scene, and would keep a renderer busy for nothing. */
const MOST = 1e6;

/** A semantic parameter in a sandbox: scenes cross as rows of numbers. */
export function remoteParameter(facts: ParameterFacts, remote: Remote): RemoteParameter {
  return {
    ...facts,
    async applyAll(scenes, values) {
      const applied: Scene[] = [];
      for (let from = 0; from < scenes.length; from += BATCH) {
        const part = scenes.slice(from, from + BATCH);
        const rows = await remote.call({
          name: "apply",
          arguments: [toRows(part), values.slice(from, from + BATCH)],
          most: 8 * part.length * SCENE_SIZE + OVERHEAD,
          read: (result) => readRows(result, part.length),
        });
        for (let i = 0; i < part.length; i++) applied.push(readScene(rows, i * SCENE_SIZE));
      }
      return applied;
    },
  };
}

/** Scenes as rows, [scenes x SCENE_SIZE]. */
export function toRows(scenes: readonly Scene[]): Float64Array {
  const rows = new Float64Array(scenes.length * SCENE_SIZE);
  scenes.forEach((scene, i) => writeScene(scene, rows, i * SCENE_SIZE));
  return rows;
}

function readRows(value: unknown, count: number): Float64Array {
  const nameOf = (index: number) => SCENE_NUMBERS[index % SCENE_SIZE];
  const rows = readNumbers(value, count * SCENE_SIZE, "scenes", nameOf);
  const bad = rows.findIndex((number, i) => Math.abs(number) > MOST || (i % SCENE_SIZE === BLUR && number > 1));
  if (bad >= 0) throw new Error(`a scene must have sensible numbers: ${nameOf(bad)} is ${rows[bad]}`);
  return rows;
}
