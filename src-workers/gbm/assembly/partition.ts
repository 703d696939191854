/**
 * Moves the rows whose code goes left to the front of rows[start … end), each side in its old order, and returns where the
 * right begins. `column` holds one code a row.
 */
export function partition(
  column: usize,
  rows: usize,
  start: i32,
  end: i32,
  bin: i32,
  missingCode: i32,
  scratch: usize,
): i32 {
  const from = rows + (start << 2)
  const stop = rows + (end << 2)
  let left = from
  let right = scratch
  // Both sides are written and one pointer moves: a branch here would be guessed wrong half the time.
  for (let at = from; at < stop; at += 4) {
    const r = load<u32>(at)
    const code = <i32>load<u8>(column + r)
    const goesLeft = (<usize>(<i32>(code <= bin) | <i32>(code === missingCode))) << 2
    store<u32>(left, r)
    store<u32>(right, r)
    left += goesLeft
    right += 4 - goesLeft
  }
  memory.copy(left, scratch, right - scratch)
  return <i32>((left - rows) >> 2)
}
