import { conformance } from "@orthotope/orthotope";
import plugin from "./ray_caster.ts";

for (const { name, check } of await conformance(plugin)) Deno.test(`ray-caster: ${name}`, check);
