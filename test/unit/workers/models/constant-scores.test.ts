import { expect, it } from 'vitest'
import { noteConstantScores } from '#workers/models/constant-scores.ts'

it('says that a model tells no row from another, with what each row scores', () => {
  const note = noteConstantScores(Float64Array.of(0.328, 0.672, 0.328, 0.672 + 1e-13), ['DOWN', 'UP'])
  expect(note).toBe(
    'out of fold the model told no row from another: every row scores the same, DOWN 0.328, UP 0.672',
  )
  expect(noteConstantScores(Float64Array.of(0.328, 0.672, 0.3281, 0.6719), ['DOWN', 'UP'])).toBeNull()
})
