/** Why a training part cannot be learned from, or null: it needs `least` rows and two classes. */
export function whySkipped(trainRows: Int32Array, y: Int8Array, least: number): string | null {
  if (trainRows.length < least)
    return `${trainRows.length} training rows after purge and embargo, ${least} needed`
  const first = y[trainRows[0]!]!
  return trainRows.every((r) => y[r] === first) ? 'one class in the training part' : null
}
