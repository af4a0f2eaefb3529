import { conformance } from "@orthotope/orthotope";
import plugin from "./cautious.ts";

for (const { name, check } of await conformance(plugin)) Deno.test(`cautious: ${name}`, check);
