import { conformance } from "@orthotope/orthotope";
import plugin from "./prevailing_color.ts";

for (const { name, check } of await conformance(plugin)) Deno.test(`prevailing-color: ${name}`, check);
