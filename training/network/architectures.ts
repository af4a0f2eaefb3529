import { unknownName } from "../../core/errors.ts";
import { alexnet } from "./alexnet.ts";
import type { Architecture } from "./architecture.ts";
import { inception } from "./inception.ts";
import { resnet } from "./resnet.ts";
import { vgg } from "./vgg.ts";

/** The built-in architectures. */
export const ARCHITECTURES: readonly Architecture[] = [alexnet, vgg, resnet, inception];

/** The architecture of a name. @throws InputError that lists the known ones. */
export function findArchitecture(name: string): Architecture {
  const found = ARCHITECTURES.find((architecture) => architecture.name === name);
  if (found === undefined) throw unknownName("architecture", name, ARCHITECTURES.map((architecture) => architecture.name));
  return found;
}
