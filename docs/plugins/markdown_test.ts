import { conformance } from "@orthotope/orthotope";
import plugin from "./markdown.ts";

for (const { name, check } of await conformance(plugin)) Deno.test(`markdown: ${name}`, check);
