// Numbers that this room and the kernel in TypeScript share.

/**
 * Histogram slots of a feature: at most 255 value bins, one for missing values, and a padding that makes it no power of two,
 * so that equal bins of neighbouring features lie in different cache sets.
 */
export const SLOTS = 264

// Slots of a split search, 8 bytes each: limits that the caller sets once a tree, then what was found, then scratch space.
export const LAMBDA = 0
export const MIN_GAIN = 1
export const LEAST_HESSIAN = 2
export const SURE_HESSIAN = 3
export const MIN_SAMPLES = 4
export const FOUND_GAIN = 5
export const FOUND_LEFT = 6
export const FOUND_FEATURE = 7
export const FOUND_BIN = 8
export const FOUND_MISSING_LEFT = 9
export const SCRATCH = 16

/** Up to so many rows a node is searched without a histogram. */
export const FEW_ROWS = 128

/** 8-byte slots of a search with its scratch space. */
export const SEARCH_SLOTS = SCRATCH + 4 * SLOTS + 2 * FEW_ROWS
