import { InputError } from "../../../core/errors.ts";
import { AUTO, parseProviders } from "../provider.ts";
import { GraphBuilder } from "./graph_builder.ts";
import { openSession, runtime } from "./runtime.ts";

/** Providers that `auto` tries, the fastest first; the last one always works. TensorRT is not among them: it builds engines for minutes. */
const BEST_FIRST = ["cuda", "webgpu", "dml", "coreml", "cpu"];

let best: Promise<string> | undefined;

/** The provider that is meant: the first of several, the best that works for `auto`. */
export async function chooseProvider(text: string): Promise<string> {
  const [provider] = parseProviders(text);
  if (provider !== AUTO) return provider;
  best ??= findBest();
  return await best;
}

/** Providers that this machine's ONNX Runtime knows of, whether they work here or not. */
export async function availableProviders(): Promise<string[]> {
  const { listSupportedBackends } = await runtime();
  return listSupportedBackends().map(({ name }) => name);
}

async function findBest(): Promise<string> {
  const known = await availableProviders();
  for (const provider of BEST_FIRST.filter((name) => known.includes(name))) {
    if (await whyNot(provider) === undefined) return provider;
  }
  return "cpu";
}

/** Why a provider does not work on this machine; undefined where it does. */
export async function whyNot(provider: string): Promise<string | undefined> {
  const builder = new GraphBuilder();
  builder.output(builder.node("Relu", [builder.input("x", [1, 1])]), [1, 1]);
  try {
    const session = await openSession(builder.build("probe"), { name: "probe", threads: 1, provider });
    await session.release();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}
