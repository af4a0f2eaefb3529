import type { Rule } from "../rule.ts";
import { activationRules } from "./activation.ts";
import { convolutionRules } from "./convolution.ts";
import { elementwiseRules } from "./elementwise.ts";
import { layoutRules } from "./layout.ts";
import { matrixRules } from "./matrix.ts";
import { normalizationRules } from "./normalization.ts";
import { poolingRules } from "./pooling.ts";
import { reductionRules } from "./reduction.ts";
import { resizeRules } from "./resize.ts";

/** The table of gradients: operator -> rule. */
export const gradientRules: Readonly<Record<string, Rule>> = {
  ...elementwiseRules,
  ...activationRules,
  ...matrixRules,
  ...convolutionRules,
  ...poolingRules,
  ...normalizationRules,
  ...reductionRules,
  ...layoutRules,
  ...resizeRules,
};
