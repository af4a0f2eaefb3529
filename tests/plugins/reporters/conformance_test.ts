import { reporters } from "../../../plugins/reporters/mod.ts";
import { reporterConformance } from "./conformance.ts";

for (const reporter of reporters) reporterConformance(reporter);
