import { conformance } from "@orthotope/orthotope";
import plugin from "./fog.ts";

for (const { name, check } of await conformance(plugin)) Deno.test(`fog: ${name}`, check);
