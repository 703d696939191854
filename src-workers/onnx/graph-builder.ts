import { type Attribute, doubleTensor, int64Tensor, type Node } from './onnx-messages.ts'

/** Nodes and constants of a graph, appended in order; every call returns the name of the new value. */
export interface GraphBuilder {
  readonly nodes: Node[]
  readonly initializers: Map<string, Uint8Array>
  /** A row of constants, [1, n]. */
  row: (values: ArrayLike<number>) => string
  scalar: (value: number) => string
  matrix: (values: ArrayLike<number>, dims: readonly number[]) => string
  indices: (values: readonly number[]) => string
  add: (
    op: string,
    inputs: readonly string[],
    attributes?: Record<string, Attribute>,
    domain?: string,
  ) => string
  /** The last node's value gets this name. */
  nameResult: (value: string, name: string) => void
}

export function createGraphBuilder(): GraphBuilder {
  const nodes: Node[] = []
  const initializers = new Map<string, Uint8Array>()
  const constant = (content: Uint8Array): string => {
    const name = `c${initializers.size}`
    initializers.set(name, content)
    return name
  }
  const matrix: GraphBuilder['matrix'] = (values, dims) => constant(doubleTensor(values, dims))
  return {
    nodes,
    initializers,
    row: (values) => matrix(values, [1, values.length]),
    scalar: (value) => matrix([value], []),
    matrix,
    indices: (values) => constant(int64Tensor(values)),
    add: (op, inputs, attributes = {}, domain) => {
      const output = `v${nodes.length}`
      nodes.push({ op, inputs, output, attributes, ...(domain === undefined ? {} : { domain }) })
      return output
    },
    nameResult: (value, name) => {
      nodes.push({ op: 'Identity', inputs: [value], output: name })
    },
  }
}
