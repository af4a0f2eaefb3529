import { findAdapter } from "../../../../plugins/renderers/three/adapter.ts";

/** Whether this machine can draw with WebGPU, on a GPU or in software. */
export const HAS_ADAPTER = await findAdapter() !== undefined;

/** Name and visibility of a test that needs an adapter: it says so in its name where it is skipped. */
export function needsAdapter(name: string): { name: string; ignore: boolean } {
  return { name: HAS_ADAPTER ? name : `${name} (skipped: no WebGPU adapter)`, ignore: !HAS_ADAPTER };
}
