/** Number of outer folds a cross-validation makes: `cpcv` tests every pair of its groups (AFML 12), the others one block a split. */
export function foldCount({ scheme, splits }: { scheme: string; splits: number }): number {
  return scheme === 'cpcv' ? (splits * (splits - 1)) / 2 : splits
}
