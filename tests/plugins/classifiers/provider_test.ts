import { assert, assertEquals, assertNotEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { SHARED_OPTIONS } from "../../../commands/shared_options.ts";
import { InputError } from "../../../core/errors.ts";
import { encodeModel } from "../../../plugins/classifiers/onnx/codec.ts";
import { whyNot } from "../../../plugins/classifiers/onnx/choose_provider.ts";
import { onnx } from "../../../plugins/classifiers/onnx/mod.ts";
import { parseProvider, parseProviders } from "../../../plugins/classifiers/provider.ts";
import { SIDE, tinyNetwork } from "./onnx/tiny_network.ts";

Deno.test("parseProvider() reads a name and a device", () => {
  assertEquals(parseProvider("cpu"), { name: "cpu" });
  assertEquals(parseProvider("cuda:11"), { name: "cuda", device: 11 });
  for (const wrong of ["", "cuda:", "cuda:x", "cuda:-1", "CUDA", "cuda 0", "webgpu:0"]) {
    assertThrows(() => parseProvider(wrong), InputError, "Provider");
  }
});

Deno.test("a provider that is none is refused with those that there are, which the help names as well", async () => {
  const load = () => onnx.load({ name: "tiny.onnx", bytes: encodeModel(tinyNetwork()), threads: 1, gradients: false, provider: "gpu" });
  const { message } = await assertRejects(load, InputError, "choose one of cpu");
  const names = /choose one of (.*), or auto/.exec(message)![1].split(", ");
  for (const name of names) assertStringIncludes(SHARED_OPTIONS.provider.description, name);
});

Deno.test("parseProviders() reads several, and auto alone", () => {
  assertEquals(parseProviders("cuda:0, cuda:1"), ["cuda:0", "cuda:1"]);
  assertEquals(parseProviders("auto"), ["auto"]);
  assertThrows(() => parseProviders("auto,cpu"), InputError, "takes no others beside it");
  assertThrows(() => parseProviders("cuda:0,,cuda:1"), InputError, 'current value is ""');
});

Deno.test("auto runs on the best provider that works, gives the scores of any other, and says which it is", async () => {
  const source = { name: "tiny.onnx", bytes: encodeModel(tinyNetwork()), threads: 1, gradients: true };
  const pictures = new Float32Array(2 * 3 * SIDE * SIDE).map((_, i) => (i % 97) / 97);
  const auto = await onnx.load({ ...source, provider: "auto" });
  const cpu = await onnx.load({ ...source, provider: "cpu" });
  try {
    const { provider } = auto.info.facts;
    assertNotEquals(provider, "auto");
    assertEquals(await whyNot(String(provider)), undefined);
    const [found, expected] = [(await auto.classify(pictures, 2)).slice(), await cpu.classify(pictures, 2)];
    assert(found.every((score, i) => Math.abs(score - expected[i]) < 1e-3));
  } finally {
    await auto.dispose();
    await cpu.dispose();
  }
});

for (
  const { provider, advice } of [
    { provider: "cuda", advice: "deno install --allow-scripts=npm:onnxruntime-node" },
    { provider: "cuda:7", advice: "cuda:7" },
    { provider: "webgpu", advice: "driver" },
  ]
) {
  const why = await whyNot(provider);
  Deno.test({
    name: `provider ${provider}, where it does not work, says in one line what is missing${
      why === undefined ? " (skipped: it works here)" : ""
    }`,
    ignore: why === undefined,
    fn: () => {
      assertStringIncludes(why!, advice);
      assert(!why!.includes("\n") && !why!.endsWith("."), why);
    },
  });
}
