/**
 * Softmax of rows of logits [count x classes] in float64, into `scores` [count x classes].
 *
 * @returns Whether all logits are finite; where they are not, `scores` is of no use.
 */
export function softmax(logits: Float32Array, classes: number, scores: Float64Array): boolean {
  for (let start = 0; start < scores.length; start += classes) {
    const end = start + classes;
    let largest = -Infinity;
    for (let i = start; i < end; i++) {
      if (!Number.isFinite(logits[i])) return false;
      if (logits[i] > largest) largest = logits[i];
    }
    let sum = 0;
    for (let i = start; i < end; i++) sum += scores[i] = Math.exp(logits[i] - largest);
    for (let i = start; i < end; i++) scores[i] /= sum;
  }
  return true;
}

/**
 * Rows of probabilities [count x classes], of which a class may have been taken away, as scores of sum 1, into `scores` [count x classes].
 *
 * @returns Whether all are finite and some are above 0; where not, `scores` is of no use.
 */
export function normalize(probabilities: Float32Array, classes: number, scores: Float64Array): boolean {
  for (let start = 0; start < scores.length; start += classes) {
    let sum = 0;
    for (let i = start; i < start + classes; i++) sum += probabilities[i];
    if (!(sum > 0 && sum < Infinity)) return false;
    for (let i = start; i < start + classes; i++) scores[i] = probabilities[i] / sum;
  }
  return true;
}
