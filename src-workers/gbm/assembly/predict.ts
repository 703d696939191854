// A node of 24 bytes: threshold, or the value of a leaf; feature; whether missing goes left; left and right child as bytes
// behind the root. Both children of a leaf are itself, so that every row can take the same number of steps.
const THRESHOLD: usize = 0
const FEATURE: usize = 8
const MISSING_LEFT: usize = 12
const LEFT: usize = 16
const RIGHT: usize = 20

/**
 * Adds to row-major `margin`, `outputs` wide, the value that each of `count` rows finds in each tree, in the order of the trees.
 * @param trees root, depth and output of each tree, 4 bytes each
 * @param block features of the rows, row-major, `width` bytes a row
 * @param cursors scratch, 4 bytes a row
 */
export function addForest(
  trees: usize,
  treeCount: i32,
  block: usize,
  width: usize,
  count: i32,
  cursors: usize,
  margin: usize,
  outputs: usize,
): void {
  for (let t = 0; t < treeCount; t++) {
    const tree = trees + t * 12
    const output = <usize>load<u32>(tree, 8)
    addTree(
      load<u32>(tree),
      load<i32>(tree, 4),
      block,
      width,
      count,
      cursors,
      margin + (output << 3),
      outputs << 3,
    )
  }
}

function addTree(
  root: usize,
  depth: i32,
  block: usize,
  width: usize,
  count: i32,
  cursors: usize,
  margin: usize,
  step: usize,
): void {
  const end = cursors + (count << 2)
  for (let cursor = cursors; cursor < end; cursor += 4) store<u32>(cursor, <u32>root)
  for (let d = 0; d < depth; d++) {
    let row = block
    for (let cursor = cursors; cursor < end; cursor += 4) {
      const node = <usize>load<u32>(cursor)
      const x = load<f64>(row + ((<usize>load<u32>(node, FEATURE)) << 3))
      const goesLeft =
        <usize>(x <= load<f64>(node, THRESHOLD)) | (<usize>Number.isNaN(x) & load<u32>(node, MISSING_LEFT))
      store<u32>(cursor, <u32>root + load<u32>(node + RIGHT - ((RIGHT - LEFT) & (0 - goesLeft))))
      row += width
    }
  }
  let to = margin
  for (let cursor = cursors; cursor < end; cursor += 4) {
    store<f64>(to, load<f64>(to) + load<f64>(<usize>load<u32>(cursor), THRESHOLD))
    to += step
  }
}

/** The same over codes of rows: a node's threshold is then its bin, and its missing code stands for whether missing goes left. */
export function addTreeByCodes(
  root: usize,
  depth: i32,
  codes: usize,
  width: usize,
  n: usize,
  margin: usize,
): void {
  for (let r: usize = 0; r < n; r++) {
    const row = codes + r * width
    let node = root
    for (let d = 0; d < depth; d++) {
      const code = <i32>load<u8>(row + load<u32>(node, FEATURE))
      const goesLeft = <usize>(code <= load<i32>(node)) | <usize>(code === load<i32>(node, MISSING_LEFT))
      node = root + load<u32>(node + RIGHT - ((RIGHT - LEFT) & (0 - goesLeft)))
    }
    const at = margin + (r << 3)
    store<f64>(at, load<f64>(at) + load<f64>(node))
  }
}
