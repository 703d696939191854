/** Loss at `x`; writes its gradient into `gradient`. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number

const MEMORY = 12

/**
 * Limited-memory BFGS (Nocedal & Wright 2006, algorithm 7.5) with a fixed diagonal as first curvature and backtracking.
 * Stops when every |gradient| / √curvature is at most `tolerance`. Moves `x` in place; returns whether it got there.
 */
export function minimise(
  objective: Objective,
  x: Float64Array,
  curvature: Float64Array,
  tolerance: number,
  maxSteps: number,
): boolean {
  const n = x.length
  let gradient = new Float64Array(n)
  let nextGradient = new Float64Array(n)
  const next = new Float64Array(n)
  const direction = new Float64Array(n)
  const moves: Float64Array[] = []
  const turns: Float64Array[] = []
  let loss = objective(x, gradient)
  for (let step = 0; step < maxSteps; step++) {
    if (isFlat(gradient, curvature, tolerance)) return true
    descend(gradient, curvature, moves, turns, direction)
    const slope = dot(gradient, direction)
    let size = 1
    let nextLoss = moveAndEvaluate(objective, x, direction, size, next, nextGradient)
    while (!(nextLoss <= loss + 1e-4 * size * slope) && size > 1e-12) {
      size /= 2
      nextLoss = moveAndEvaluate(objective, x, direction, size, next, nextGradient)
    }
    // No step is downhill any more: the rounding of the loss is reached.
    if (size <= 1e-12) return isFlat(gradient, curvature, tolerance * 1e3)
    const move = new Float64Array(n)
    const turn = new Float64Array(n)
    for (let i = 0; i < n; i++) {
      move[i] = next[i]! - x[i]!
      turn[i] = nextGradient[i]! - gradient[i]!
    }
    if (dot(move, turn) > 1e-14 * dot(turn, turn)) {
      moves.push(move)
      turns.push(turn)
      if (moves.length > MEMORY) {
        moves.shift()
        turns.shift()
      }
    }
    x.set(next)
    const old = gradient
    gradient = nextGradient
    nextGradient = old
    loss = nextLoss
  }
  return false
}

function moveAndEvaluate(
  objective: Objective,
  x: Float64Array,
  direction: Float64Array,
  size: number,
  next: Float64Array,
  gradient: Float64Array,
): number {
  for (let i = 0; i < x.length; i++) next[i] = x[i]! + size * direction[i]!
  return objective(next, gradient)
}

/** direction ← −H·gradient by the two-loop recursion. */
function descend(
  gradient: Float64Array,
  curvature: Float64Array,
  moves: readonly Float64Array[],
  turns: readonly Float64Array[],
  direction: Float64Array,
): void {
  const n = gradient.length
  const alpha = new Float64Array(moves.length)
  direction.set(gradient)
  for (let k = moves.length - 1; k >= 0; k--) {
    alpha[k] = dot(moves[k]!, direction) / dot(moves[k]!, turns[k]!)
    for (let i = 0; i < n; i++) direction[i]! -= alpha[k]! * turns[k]![i]!
  }
  for (let i = 0; i < n; i++) direction[i]! /= curvature[i]!
  for (let k = 0; k < moves.length; k++) {
    const beta = dot(turns[k]!, direction) / dot(moves[k]!, turns[k]!)
    for (let i = 0; i < n; i++) direction[i]! += (alpha[k]! - beta) * moves[k]![i]!
  }
  for (let i = 0; i < n; i++) direction[i] = -direction[i]!
}

function isFlat(gradient: Float64Array, curvature: Float64Array, tolerance: number): boolean {
  for (let i = 0; i < gradient.length; i++) {
    if (!(Math.abs(gradient[i]!) <= tolerance * Math.sqrt(curvature[i]!))) return false
  }
  return true
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}
