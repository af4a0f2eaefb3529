import { rendererConformance } from "../../../../plugins/conformance/renderer.ts";
import { three } from "../../../../plugins/renderers/three/three.ts";
import { testRequirements } from "../../requirements.ts";
import { HAS_ADAPTER } from "./adapter.ts";

testRequirements(
  "renderer three",
  rendererConformance(three).map((requirement) => HAS_ADAPTER ? requirement : { ...requirement, skipped: "no WebGPU adapter" }),
);
