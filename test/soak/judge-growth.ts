import type { MemoryTold } from '#test/tell-memory.ts'

/** Above the second tenth the last may lie by this share, or by so many megabytes where that is more. */
const allowed = {
  heapMb: { share: 0.05, megabytes: 4 },
  externalMb: { share: 0.05, megabytes: 4 },
  // There are more or fewer of them from one time to the next.
  threadsMb: { share: 0.1, megabytes: 20 },
  // Allocators keep what they were given once, and the threads of the pool come and go.
  residentMb: { share: 0.1, megabytes: 60 },
} as const

/**
 * What grew between the second tenth of a long run and the last, in words; nothing where memory is flat. The first tenth fills the
 * caches that have a size: matrices, events, statements.
 */
export function judgeGrowth(tenths: readonly MemoryTold[]): string[] {
  const [, early] = tenths
  const late = tenths.at(-1)
  if (!early || !late || tenths.length < 3) return ['too short to tell']
  return (Object.keys(allowed) as (keyof MemoryTold)[]).flatMap((name) => {
    const { share, megabytes } = allowed[name]
    const limit = early[name] + Math.max(share * early[name], megabytes)
    if (late[name] <= limit) return []
    return [`${name} is ${late[name].toFixed(1)}, it was ${early[name].toFixed(1)} in the second tenth`]
  })
}
