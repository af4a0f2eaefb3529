import { InputError } from "../../core/errors.ts";

/** Where a network runs: what its runtime calls an execution provider, and which device of it. */
export interface Provider {
  readonly name: string;
  /** Index of the GPU; absent where the provider has one, or any will do. */
  readonly device?: number;
}

/** What stands for the best provider that works. */
export const AUTO = "auto";

/** Reads `cuda`, `cuda:1`, ... @throws InputError where it is malformed, or the provider has no devices to choose from. */
export function parseProvider(text: string): Provider {
  const match = /^([a-z]+)(?::(\d{1,3}))?$/.exec(text);
  if (match === null) throw new InputError(`Provider must be a name as cpu, or a name and a device as cuda:0: current value is "${text}"`);
  const [, name, device] = match;
  if (device === undefined) return { name };
  if (name !== "cuda" && name !== "tensorrt") {
    throw new InputError(`Provider ${name} has no devices to choose from: current value is "${text}"`);
  }
  return { name, device: Number(device) };
}

/** Reads providers separated by commas, which workers take in turn. @throws InputError where one of them is malformed. */
export function parseProviders(text: string): readonly string[] {
  const providers = text.split(",").map((part) => part.trim());
  for (const provider of providers) parseProvider(provider);
  if (providers.length > 1 && providers.includes(AUTO)) {
    throw new InputError(`Provider auto chooses by itself and takes no others beside it: current value is "${text}"`);
  }
  return providers;
}
