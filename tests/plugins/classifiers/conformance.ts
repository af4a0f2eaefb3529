import { type ClassifierCase as Case, classifierConformance } from "../../../plugins/conformance/classifier.ts";
import { testRequirements } from "../requirements.ts";

/** A classifier to try. */
export interface ClassifierCase extends Case {
  readonly name: string;
  readonly ignore?: boolean;
}

/** What every classifier must do, as tests of one. */
export function testClassifier({ name, ignore, ...given }: ClassifierCase): void {
  const requirements = classifierConformance(given);
  testRequirements(name, ignore ? requirements.map((requirement) => ({ ...requirement, skipped: "its file is not here" })) : requirements);
}
